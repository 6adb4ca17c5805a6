/** How many rows stand on the ground of each entity. */
export class EntityCounts {
  readonly #rows = new Map<string, number>();
  #added = 0;

  /** Entities that some row stands on the ground of. */
  get refs(): Iterable<string> {
    return this.#rows.keys();
  }

  /** Grows with each entity that comes to them; equal numbers mean none came. */
  get added(): number {
    return this.#added;
  }

  add(entityRef: string | undefined): void {
    if (entityRef !== undefined) {
      const rows = this.#rows.get(entityRef) ?? 0;
      this.#rows.set(entityRef, rows + 1);
      this.#added += rows === 0 ? 1 : 0;
    }
  }

  remove(entityRef: string | undefined): void {
    if (entityRef !== undefined) {
      const left = (this.#rows.get(entityRef) ?? 0) - 1;
      if (left > 0) {
        this.#rows.set(entityRef, left);
      } else {
        this.#rows.delete(entityRef);
      }
    }
  }
}

/**
 * The last resourceVersions that passed, newest kept. They are opaque, so
 * "has it been seen" is a question of membership, not of order.
 */
export class SeenVersions {
  readonly #limit: number;
  readonly #versions = new Set<string>();
  /** The same in order, as a ring: a Set is slow to give its oldest away. */
  readonly #ring: string[] = [];
  #next = 0;

  constructor(limit = 4096) {
    this.#limit = limit;
  }

  add(version: string | undefined) {
    if (!version || this.#versions.has(version)) return;
    const oldest = this.#ring[this.#next];
    if (oldest !== undefined) this.#versions.delete(oldest);
    this.#ring[this.#next] = version;
    this.#versions.add(version);
    this.#next = (this.#next + 1) % this.#limit;
  }

  has(version: string): boolean {
    return this.#versions.has(version);
  }
}

/**
 * The last resourceVersions that passed, newest kept. They are opaque, so
 * "has it been seen" is a question of membership, not of order.
 */
export class SeenVersions {
  readonly #limit: number;
  readonly #versions = new Set<string>();

  constructor(limit = 4096) {
    this.#limit = limit;
  }

  add(version: string | undefined) {
    if (!version) return;
    this.#versions.add(version);
    if (this.#versions.size > this.#limit) {
      const [oldest] = this.#versions;
      this.#versions.delete(oldest!);
    }
  }

  has(version: string): boolean {
    return this.#versions.has(version);
  }
}

/** A value that an aspect had for a while. */
export interface Phase {
  value: string;
  /** Since the scenario's begin. */
  milliseconds: number;
  /** Lasted so shortly that a watch may miss it. */
  brief: boolean;
}

/** A watch round trip of a busy machine. */
const BRIEF = 250;

/** One aspect of a scenario as it went: its values in order, repeats collapsed. */
export class Timeline {
  readonly #entries: { value: string; at: number }[] = [];

  record(value: string, at: number) {
    if (this.#entries.at(-1)?.value !== value) {
      this.#entries.push({ value, at });
    }
  }

  phases(): Phase[] {
    return this.#entries.map(({ value, at }, index) => {
      const next = this.#entries[index + 1];
      return {
        value,
        milliseconds: Math.round(at),
        brief: next !== undefined && next.at - at < BRIEF,
      };
    });
  }
}

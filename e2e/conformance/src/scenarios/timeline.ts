/** One aspect of a scenario as it went: its values in order, repeats collapsed. */
export class Timeline {
  readonly #entries: { value: string; at: number }[] = [];

  record(value: string, at: number) {
    if (this.#entries.at(-1)?.value !== value) {
      this.#entries.push({ value, at });
    }
  }

  /** Leaves out what lasted less than `milliseconds`: a watch may miss it. */
  values(milliseconds = 0): string[] {
    const values: string[] = [];
    this.#entries.forEach(({ value, at }, index) => {
      const next = this.#entries[index + 1];
      if (next && next.at - at < milliseconds) return;
      if (values.at(-1) !== value) values.push(value);
    });
    return values;
  }
}

/** Says what a start is doing, line by line. */
export class Progress {
  constructor(
    private readonly write: (text: string) => void,
    private readonly now: () => number,
  ) {}

  /** Announces the work, does it, says how long it took. */
  async during<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.write(`${what} …\n`);
    const started = this.now();
    const result = await work();
    this.write(`  done in ${((this.now() - started) / 1000).toFixed(1)} s\n`);
    return result;
  }

  say(text: string) {
    this.write(`${text}\n`);
  }
}

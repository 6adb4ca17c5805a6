/** More pages than anybody has open, less than a script does harm with. */
const MOST = 100;

/** A place is free again as soon as a page is closed. */
const RETRY_AFTER_SECONDS = 30;

/** Too many open streams of one person; the router answers 429. */
export class TooManyStreamsError extends Error {
  readonly name = 'TooManyStreamsError';
  /** Whole seconds. */
  readonly retryAfter = RETRY_AFTER_SECONDS;

  constructor(most: number) {
    super(
      `You already follow rollouts on ${most} pages, as many as one person may. Close some of them.`,
    );
  }
}

/** How many streams of each reader are open, in this process. */
export class StreamPlaces {
  readonly #taken = new Map<string, number>();

  constructor(private readonly most = MOST) {}

  /**
   * Takes a place.
   *
   * @param reader - a person's entity ref, or the subject of a service
   * @returns gives the place back, once however often it is called
   * @throws TooManyStreamsError when the reader has none left
   */
  take(reader: string): () => void {
    const taken = this.#taken.get(reader) ?? 0;
    if (taken >= this.most) throw new TooManyStreamsError(this.most);
    this.#taken.set(reader, taken + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = (this.#taken.get(reader) ?? 1) - 1;
      if (left > 0) this.#taken.set(reader, left);
      else this.#taken.delete(reader);
    };
  }
}

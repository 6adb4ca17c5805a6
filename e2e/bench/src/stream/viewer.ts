/** One open event stream, of an entity or the fleet; tells when a text arrives in it. */
export class Viewer {
  #seen = '';
  #waiting?: { text: string; resolve: (at: number) => void };
  #onData: () => void = () => {};
  readonly #controller = new AbortController();

  static async open(url: string, authorization: string): Promise<Viewer> {
    const viewer = new Viewer();
    const response = await fetch(`${url}/stream`, {
      headers: { authorization },
      signal: viewer.#controller.signal,
    });
    if (!response.ok || !response.body) {
      throw new Error(`The stream answers ${response.status}`);
    }
    void viewer.#read(response.body);
    return viewer;
  }

  /** When the text arrived; milliseconds of `performance.now()`. */
  arrival(text: string): Promise<number> {
    return new Promise(resolve => {
      this.#waiting = { text, resolve };
      this.#check();
    });
  }

  /**
   * Looks at once, and again after whatever arrives, until it is there.
   * @throws Error with what was waited for, after the time
   */
  async until(
    what: string,
    isThere: () => Promise<boolean>,
    seconds = 60,
  ): Promise<void> {
    const over = AbortSignal.timeout(seconds * 1000);
    const ended = new Promise<void>(resolve => {
      over.addEventListener('abort', () => resolve());
    });
    while (!over.aborted) {
      const arrived = new Promise<void>(resolve => {
        this.#onData = resolve;
      });
      if (await isThere()) return;
      await Promise.race([arrived, ended]);
    }
    throw new Error(`Waited ${seconds} s for ${what}`);
  }

  close() {
    this.#controller.abort();
  }

  async #read(body: ReadableStream<Uint8Array>) {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) {
        this.#seen = this.#seen.slice(-100_000);
        this.#seen += decoder.decode(chunk, { stream: true });
        this.#check();
        this.#onData();
      }
    } catch (error) {
      if (!this.#controller.signal.aborted) throw error;
    }
  }

  #check() {
    const { text, resolve } = this.#waiting ?? {};
    if (text === undefined || !this.#seen.includes(text)) return;
    this.#waiting = undefined;
    resolve?.(performance.now());
  }
}

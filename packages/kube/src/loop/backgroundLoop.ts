/** Something that runs until it is stopped; started and stopped at will, never twice at a time. */
export class BackgroundLoop {
  readonly #body: (signal: AbortSignal) => Promise<void>;
  #run?: { controller: AbortController; done: Promise<void> };

  /** @param body - ends soon after the signal aborts, and never rejects */
  constructor(body: (signal: AbortSignal) => Promise<void>) {
    this.#body = body;
  }

  start() {
    if (this.#run) return;
    const controller = new AbortController();
    this.#run = { controller, done: this.#body(controller.signal) };
  }

  /** Resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort();
    await run?.done;
  }
}

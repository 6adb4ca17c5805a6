import { type Clock, systemClock } from '../clock/clock';
import { backoff } from '../clock/backoff';

/** What a handler wants next; nothing means: when the key is added again. */
export interface WorkResult {
  /** Handle the key again after this time. */
  wakeAfterMilliseconds?: number;
}

/** No retry helps until the object changes: the key rests until it is added again. */
export class TerminalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TerminalError';
  }
}

/** The soonest a failing key is handled again, whatever its backoff; in milliseconds. */
const SHORTEST_RETRY = 10;

export interface WorkQueueOptions {
  /**
   * Handles a key. An error means backoff, `wakeAfterMilliseconds` a timer, a
   * `TerminalError` rest.
   */
  handle: (key: string, signal: AbortSignal) => Promise<WorkResult | void>;
  /** Told of every failure; `retryInMilliseconds` is absent after a terminal one. */
  onError: (
    key: string,
    error: unknown,
    retry: { attempt: number; retryInMilliseconds?: number },
  ) => void;
  /** Keys handled at the same time; default 4. */
  concurrency?: number;
  /** First and longest wait after an error; default 100 ms and 60 s. */
  baseMilliseconds?: number;
  maxMilliseconds?: number;
  clock?: Clock;
  random?: () => number;
}

/**
 * Keys to be handled. A key waits at most once, is never handled twice at the
 * same time, and is handled again if it was added meanwhile.
 */
export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #clock: Clock;
  readonly #waiting = new Set<string>();
  readonly #active = new Set<string>();
  readonly #again = new Set<string>();
  readonly #timers = new Map<string, { at: number; cancel: () => void }>();
  readonly #attempts = new Map<string, number>();
  readonly #idle = new Set<() => void>();
  #controller?: AbortController;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Keys that wait to be handled now; timers not counted. */
  get length(): number {
    return this.#waiting.size;
  }

  /** Whether nothing is handled or waits to be handled now. */
  get isIdle(): boolean {
    return this.#waiting.size === 0 && this.#active.size === 0;
  }

  start() {
    this.#controller ??= new AbortController();
    this.#pump();
  }

  /** Starts no more work; resolves when what was begun has ended. */
  async stop(): Promise<void> {
    this.#controller?.abort();
    this.#controller = undefined;
    for (const { cancel } of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#waiting.clear();
    this.#again.clear();
    await this.#until(() => this.#active.size === 0);
  }

  add(key: string) {
    if (this.#active.has(key)) {
      this.#again.add(key);
      return;
    }
    this.#waiting.add(key);
    this.#pump();
  }

  /** Adds the key after this time, or earlier if it already would be. */
  addAfter(key: string, milliseconds: number) {
    const at = this.#clock.monotonic() + milliseconds;
    const current = this.#timers.get(key);
    if (current && current.at <= at) return;
    this.#schedule(key, milliseconds);
  }

  /** Drops what is known of a key, for an object that is gone. */
  forget(key: string) {
    this.#attempts.delete(key);
    this.#cancelTimer(key);
    this.#waiting.delete(key);
    this.#again.delete(key);
  }

  /** Resolves once nothing is handled or waits to be handled now. */
  idle(): Promise<void> {
    return this.#until(() => this.isIdle);
  }

  #pump() {
    const signal = this.#controller?.signal;
    if (!signal) return;
    for (const key of this.#waiting) {
      if (this.#active.size >= (this.#options.concurrency ?? 4)) return;
      this.#waiting.delete(key);
      this.#active.add(key);
      void this.#handle(key, signal);
    }
  }

  async #handle(key: string, signal: AbortSignal) {
    this.#cancelTimer(key);
    try {
      const result = await this.#options.handle(key, signal);
      this.#attempts.delete(key);
      const wake = result?.wakeAfterMilliseconds;
      if (wake !== undefined && !signal.aborted) this.addAfter(key, wake);
    } catch (error) {
      if (!signal.aborted) this.#failed(key, error);
    }
    this.#active.delete(key);
    if (this.#again.delete(key)) this.#waiting.add(key);
    this.#pump();
    for (const check of [...this.#idle]) check();
  }

  #failed(key: string, error: unknown) {
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    if (error instanceof TerminalError) {
      this.#attempts.delete(key);
      if (this.#again.delete(key)) this.addAfter(key, this.#delay(0));
      this.#options.onError(key, error, { attempt });
      return;
    }
    this.#attempts.set(key, attempt);
    // News that came meanwhile may help, but is often the failing handler's
    // own write: so it shortens the wait, and does not do away with it.
    const retryInMilliseconds = this.#delay(
      this.#again.delete(key) ? 0 : attempt - 1,
    );
    this.addAfter(key, retryInMilliseconds);
    this.#options.onError(key, error, { attempt, retryInMilliseconds });
  }

  #delay(attempt: number): number {
    const delay = backoff(attempt, {
      baseMilliseconds: this.#options.baseMilliseconds ?? 100,
      maxMilliseconds: this.#options.maxMilliseconds ?? 60_000,
      random: this.#options.random ?? Math.random,
    });
    return Math.max(SHORTEST_RETRY, delay);
  }

  #schedule(key: string, milliseconds: number) {
    this.#cancelTimer(key);
    const cancel = this.#clock.after(milliseconds, () => {
      this.#timers.delete(key);
      this.add(key);
    });
    this.#timers.set(key, {
      at: this.#clock.monotonic() + milliseconds,
      cancel,
    });
  }

  #cancelTimer(key: string) {
    this.#timers.get(key)?.cancel();
    this.#timers.delete(key);
  }

  #until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise(resolve => {
      const check = () => {
        if (!condition()) return;
        this.#idle.delete(check);
        resolve();
      };
      this.#idle.add(check);
    });
  }
}

/**
 * Time as this package sees it, so that tests can hold, step and jump it.
 * Durations are measured with `monotonic`: `now` may jump (fault 17).
 */
export interface Clock {
  /** Milliseconds since the epoch; for timestamps that people or objects see. */
  now(): number;
  /** Milliseconds since some fixed moment; never goes back. */
  monotonic(): number;
  /** Calls back once, `milliseconds` from now. Returns a function that cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The machine's own time. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref?.();
    return () => clearTimeout(timer);
  },
};

/** Resolves after the time, or at once when the signal aborts. */
export function pause(
  clock: Clock,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    let cancel = () => {};
    const done = () => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    cancel = clock.after(milliseconds, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}

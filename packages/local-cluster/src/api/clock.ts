/** Time as this package sees it, so that tests can hold, step and jump it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once, `milliseconds` from now. Returns a function that cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The machine's own time. Timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref?.();
    return () => clearTimeout(timer);
  },
};

/** How long to wait before another try. */
export interface BackoffOptions {
  baseMilliseconds: number;
  maxMilliseconds: number;
  /** 0 ≤ x < 1. */
  random: () => number;
}

/**
 * Exponential, with the upper half at random, so that many clients of a
 * server that comes back do not all come at once. `attempt` starts at 0.
 */
export function backoff(attempt: number, options: BackoffOptions): number {
  const full = Math.min(
    options.maxMilliseconds,
    options.baseMilliseconds * 2 ** Math.min(attempt, 30),
  );
  return full / 2 + (full / 2) * options.random();
}

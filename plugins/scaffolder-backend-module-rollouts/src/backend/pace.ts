import { setTimeout as sleep } from 'node:timers/promises';

/** Time, as far as an action waits. */
export interface Pace {
  /** Milliseconds on a clock that only goes forward. */
  now(): number;
  /** @throws AbortError when the signal fires */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemPace: Pace = {
  now: () => performance.now(),
  wait: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal });
  },
};

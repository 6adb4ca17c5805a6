import { Clock } from '../api/clock';

/** A clock that moves only when told to. */
export interface ManualClock extends Clock {
  /**
   * Lets everything that is due happen, and moves on by `milliseconds`,
   * stopping at each timer on the way. Microtasks (watch events) run between.
   */
  advance(milliseconds: number): Promise<void>;
  /** Timers that are set. */
  readonly pending: number;
}

export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  let order = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();

  const nextDue = (until: number) =>
    [...timers.entries()]
      .filter(([, timer]) => timer.at <= until)
      .sort(([a, left], [b, right]) => left.at - right.at || a - b)[0];

  return {
    now: () => now,
    after(milliseconds, callback) {
      const id = order++;
      timers.set(id, { at: now + Math.max(0, milliseconds), callback });
      return () => timers.delete(id);
    },
    async advance(milliseconds) {
      const until = now + milliseconds;
      for (let turns = 0; ; turns++) {
        if (turns > 100_000) throw new Error('The timers never come to rest.');
        // Enough turns for a promise chain of some links.
        for (let n = 0; n < 10; n++) await Promise.resolve();
        const due = nextDue(until);
        if (!due) break;
        timers.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].callback();
      }
      now = until;
    },
    get pending() {
      return timers.size;
    },
  };
}

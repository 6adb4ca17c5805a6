import type { WorkResult } from '@progressive-delivery/kube';

/** Timers overflow beyond 24 days; and a clock may be set meanwhile. */
const LONGEST = 60 * 60_000;

/** A plan's `wakeAt` as a delay for the queue: never longer than an hour. */
export function wakeAfter(
  wakeAt: number | undefined,
  now: number,
): WorkResult | undefined {
  if (wakeAt === undefined || Number.isNaN(wakeAt)) return undefined;
  const delay = Math.max(0, wakeAt - now);
  return { wakeAfterMilliseconds: Math.min(delay, LONGEST) };
}

import { routersOf } from '../../traffic/registry';
import type { WantedTraffic } from '../../traffic/router';
import type { RolloutContext } from '../context';

/** How soon an unverified weight is asked about again; milliseconds. */
const RETRY = 10_000;

/**
 * Whether all routers that can tell say that requests are split as wanted;
 * `undefined` when none of them can tell. Source: docs,
 * traffic-management/alb, "TargetGroup Weight Verification".
 */
export function verifiedWeight(
  { rollout, routers, snapshot, draft, now }: RolloutContext,
  wanted: WantedTraffic,
): boolean | undefined {
  const answers = routersOf(rollout, routers)
    .map(router => router.verify?.(snapshot, wanted))
    .filter(each => each !== undefined);
  if (!answers.length) return undefined;
  const verified = !answers.includes(false);
  if (!verified) {
    draft.because(`weight ${wanted.weight} is not yet verified`);
    draft.wake(now + RETRY);
  }
  return verified;
}

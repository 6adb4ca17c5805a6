import { nextLook, settle } from '../simulate';
import type { SimulatedCluster } from '../simulatedCluster';
import { exposureOf } from './exposure';
import { observe, type Observation } from './observation';
import type { Stage } from './stages';
import type { AbortForecast, TimelineSample } from './timeline';

const LONGEST = 30 * 24 * 3_600_000;

const podsOf = (
  { revisions }: Observation,
  role: 'new' | 'stable',
  which: 'wanted' | 'available',
) =>
  revisions
    .filter(each => each.role === role)
    .reduce((sum, each) => sum + each[which], 0);

/** Everybody is back, and the new version's pods are gone. */
function isOver(seen: Observation): boolean {
  return (
    seen.share === 0 &&
    podsOf(seen, 'new', 'wanted') + podsOf(seen, 'new', 'available') === 0
  );
}

/**
 * Aborts in a fork of the cluster, and watches until the old version serves
 * everybody and the new one's pods are gone, or nothing happens any more.
 *
 * @param samples - of the update so far
 */
export function forecastAbort(
  fork: SimulatedCluster,
  stage: Stage,
  samples: TimelineSample[],
  now: number,
  origin: number,
): AbortForecast {
  const seen: Observation[] = [observe(fork.snapshot(now), now)];
  const [first] = seen as [Observation];
  fork.edit(({ status = {} }) => {
    status.abort = true;
  });
  let time = now;
  for (;;) {
    const { wakeAt } = settle(fork, time, {
      isEnough: (snapshot, at) => {
        const observation = observe(snapshot, at);
        seen.push(observation);
        // Whether stable needs more pods is yet to be seen.
        return (
          isOver(observation) &&
          podsOf(observation, 'stable', 'wanted') >=
            (snapshot.rollout.spec.replicas ?? 1)
        );
      },
    });
    if (seen.some(isOver)) break;
    const next = nextLook(fork, time, wakeAt, now + LONGEST);
    if (next > now + LONGEST) break;
    time = Math.max(time + 1, next);
  }
  const goneAt = seen.find(isOver)?.now;
  const backAt = seen.find(each => each.share === 0)?.now ?? time;
  const shares = seen.map(each => ({ at: each.now, share: each.share }));
  return {
    stage: stage.name,
    ...(stage.step === undefined ? {} : { step: stage.step }),
    at: now - origin,
    share: first.share,
    exposed:
      exposureOf(samples, 0, now - origin) + exposureOf(shares, now, backAt),
    backAfter: backAt - now,
    ...(goneAt === undefined ? {} : { goneAfter: goneAt - now }),
    podsToStop: podsOf(first, 'new', 'wanted'),
    podsToStart: Math.max(
      0,
      ...seen.map(
        each =>
          podsOf(each, 'stable', 'wanted') - podsOf(first, 'stable', 'wanted'),
      ),
    ),
  };
}

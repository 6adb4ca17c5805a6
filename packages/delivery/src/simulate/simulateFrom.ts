import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Happening } from './happening';
import { happeningsOf } from './happeningsOf';
import { simulatedBlueGreen } from './simulatedBlueGreen';
import { NEW_REVISION, simulatedState } from './simulatedState';
import { runTimeline, type TimelineRun } from './timeline/runTimeline';

/** What comes of a rollout when nothing goes wrong. */
export interface Future {
  happenings: Happening[];
  /** Milliseconds from the promotion to the end of the old pods, if they wait. */
  scaleDownAfter?: number;
}

const START = Date.parse('2026-01-01T00:00:00Z');

/**
 * When the old pods go, counted from the promotion. Those of a canary that go
 * with it are replaced on the way, and wait for nothing.
 */
function scaleDownAfter(
  { events }: TimelineRun,
  isBlueGreen: boolean,
): number | undefined {
  const promoted = events.find(each => each.kind === 'promoted');
  if (!promoted) return undefined;
  const gone = events.find(
    each =>
      each.kind === 'scaled' &&
      each.to === 0 &&
      (each.at > promoted.at || (isBlueGreen && each.at === promoted.at)),
  );
  return gone && gone.at - promoted.at;
}

/**
 * Runs the planner from a rollout's present state under virtual time, with
 * pods that come up and analysis that succeeds, until it waits for a person or
 * has nothing left to do.
 */
export function simulateFrom(rollout: Rollout): Future {
  const { blueGreen } = rollout.spec.strategy ?? {};
  const cluster = blueGreen
    ? simulatedBlueGreen(rollout, blueGreen)
    : simulatedState(rollout);
  const run = runTimeline({ cluster, origin: START });
  const after = scaleDownAfter(run, blueGreen !== undefined);
  return {
    happenings: happeningsOf(rollout, run, NEW_REVISION),
    ...(after === undefined ? {} : { scaleDownAfter: after }),
  };
}

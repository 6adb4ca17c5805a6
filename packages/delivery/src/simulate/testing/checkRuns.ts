import type * as FastCheck from 'fast-check';
import { planRollout } from '../../rollout/planRollout';
import { BrokenInvariantError } from './checkedCluster';
import { clusterOfRun } from './clusterOfRun';
import { Player } from './player';
import type { RandomRun } from './randomRun';

const SETTLE_SECONDS = 300;

/**
 * Plays random runs. Each must keep the invariants with every single write and
 * status, and come to rest: planning again, with nothing remembered, changes
 * nothing (I5, I10).
 *
 * @throws what fast-check throws, with the seed and the shortest run that fails
 */
export function checkRuns(
  fc: typeof FastCheck,
  runs: FastCheck.Arbitrary<RandomRun>,
  numRuns: number,
): void {
  fc.assert(
    fc.property(runs, run => {
      const player = new Player(clusterOfRun(run));
      for (const happening of run.happenings) player.play(happening);
      player.run(SETTLE_SECONDS);
      const { cluster, now } = player;
      const { writes, status } = planRollout(cluster.snapshot(now), now);
      if (
        writes.length ||
        JSON.stringify(status) !== JSON.stringify(cluster.rollout.status)
      ) {
        throw new BrokenInvariantError(
          `I5: it does not come to rest: ${writes.map(each => each.reason).join('; ') || 'the status changes'}`,
        );
      }
    }),
    // With what went wrong in the message, not beside it.
    { numRuns, includeErrorInReport: true },
  );
}

import { planRollout } from '../../rollout/planRollout';
import { BrokenInvariantError } from './checkedCluster';
import { clusterOfRun } from './clusterOfRun';
import { Player } from './player';
import type { RandomRun } from './randomRun';

const SETTLE_SECONDS = 300;

/**
 * Plays a run, which must keep the invariants with every single write and
 * status, and come to rest: planning again, with nothing remembered, changes
 * nothing (I5, I10).
 *
 * @throws BrokenInvariantError
 */
export function checkRun(run: RandomRun): void {
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
}

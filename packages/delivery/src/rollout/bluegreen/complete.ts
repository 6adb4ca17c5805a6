import type { RolloutContext } from '../context';
import { isRollback, type BlueGreenGoal } from './goal';

/** Makes the current revision the stable one, once everybody is on it. */
export function completeBlueGreen(
  context: RolloutContext,
  goal: BlueGreenGoal,
): void {
  const { mode, fast } = goal;
  const { current, draft } = context;
  const { status } = draft;
  const why =
    mode === 'initial'
      ? 'Initial deploy'
      : (fast ?? 'Completed blue-green update');
  if (isRollback(context, goal)) {
    draft.setDeadline(current, undefined, 'it is stable again');
  }
  status.stableRS = current.hash;
  status.promoteFull = undefined;
  status.blueGreen = {
    ...status.blueGreen,
    scaleUpPreviewCheckPoint: undefined,
  };
  draft.event(
    'RolloutCompleted',
    `Rollout completed update to revision ${current.number} (${current.hash}): ${why}`,
  );
  draft.because(
    `revision ${current.number} is stable: ${why.charAt(0).toLocaleLowerCase('en')}${why.slice(1)}`,
  );
}

import type { RolloutContext } from '../context';
import { isRollback, type BlueGreenGoal } from './goal';
import { previewReplicas } from './previewReplicas';

function whyOf({ mode }: BlueGreenGoal, target: number, replicas: number) {
  if (mode === 'initial') return 'first revision';
  if (target < replicas) return `a preview of ${target} replicas`;
  return mode === 'promoted'
    ? `stable at ${replicas} replicas`
    : `the next active revision at ${replicas} replicas`;
}

/**
 * Keeps whoever serves, or may have to serve again, at full size, and brings
 * the current revision up to the size of its stage. Shrinking and going is
 * `scaleDownOld` and `scaleDownAborted`.
 */
export function scaleRevisions(
  context: RolloutContext,
  goal: BlueGreenGoal,
): void {
  const { current, stable, replicas, draft } = context;
  const { mode, active } = goal;
  if (stable && stable !== current) {
    if (stable.replicas !== replicas) {
      draft.scale(stable, replicas, 'stable is kept able to serve everybody');
    } else {
      draft.setDeadline(stable, undefined, 'stable stays');
    }
  }
  if (active && active !== stable && active !== current) {
    // A newer template came while it was being verified.
    if (active.replicas !== replicas) {
      draft.scale(active, replicas, 'the active service selects it');
    } else {
      draft.setDeadline(active, undefined, 'the active service selects it');
    }
  }
  // An aborted revision shrinks by its deadline only.
  if (mode === 'aborted') return;
  const target = previewReplicas(context, goal);
  const fits = current.replicas === target && current.exists;
  // The deadline is what tells a rollback that is still fast.
  const keepDeadline = isRollback(context, goal);
  if (!fits) {
    draft.scale(current, target, whyOf(goal, target, replicas), keepDeadline);
  } else if (!keepDeadline) {
    draft.setDeadline(current, undefined, 'it is rolled out again');
  }
}

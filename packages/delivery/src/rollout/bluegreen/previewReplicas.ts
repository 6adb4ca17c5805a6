import type { RolloutContext } from '../context';
import { blueGreenOf, type BlueGreenGoal } from './goal';

/**
 * How many pods the current revision is to have: all that the rollout asks
 * for, or fewer as a preview until it is approved. Source: docs,
 * features/bluegreen, previewReplicaCount.
 */
export function previewReplicas(
  context: RolloutContext,
  { mode, fast }: BlueGreenGoal,
): number {
  const { previewReplicaCount } = blueGreenOf(context);
  const { current, replicas, draft } = context;
  const isSmall =
    previewReplicaCount !== undefined &&
    (mode === 'preview' || mode === 'aborted') &&
    fast === undefined &&
    !draft.status.blueGreen?.scaleUpPreviewCheckPoint;
  if (!isSmall) return replicas;
  // What the preview service selects is not scaled to nothing (I2).
  return Math.max(previewReplicaCount, current.replicas > 0 ? 1 : 0);
}

/** The preview has the pods asked for, available. */
export function isPreviewReady(
  context: RolloutContext,
  goal: BlueGreenGoal,
): boolean {
  const { current } = context;
  const target = previewReplicas(context, goal);
  return (
    current.exists &&
    current.replicas === target &&
    current.available === target
  );
}

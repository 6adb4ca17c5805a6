import {
  SCALE_DOWN_DEADLINE_ANNOTATION,
  type Experiment,
  type ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isCompleted } from '../analysis/plan/assessMetric';
import type { RolloutSnapshot } from '../rollout/snapshot';

function goesLater({ metadata }: ReplicaSet): boolean {
  return metadata.annotations?.[SCALE_DOWN_DEADLINE_ANNOTATION] !== undefined;
}

/** An update is under way, or pods are to go later. */
export function isRolloutTimed({
  rollout: { status = {} },
  replicaSets,
}: Pick<RolloutSnapshot, 'rollout' | 'replicaSets'>): boolean {
  return (
    status.currentPodHash !== status.stableRS || replicaSets.some(goesLater)
  );
}

/** It runs, or its pods are to go later. */
export function isExperimentTimed(
  { status }: Experiment,
  replicaSets: ReplicaSet[],
): boolean {
  return !isCompleted(status?.phase) || replicaSets.some(goesLater);
}

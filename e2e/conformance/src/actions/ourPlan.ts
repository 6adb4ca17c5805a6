import type {
  AnalysisRun,
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { planAction } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/actions/planAction';
import type { PlanAction } from './runActionTable';

/** The backend plugin's own decision, for a person who sees the rollout as it is. */
export const ourPlan: PlanAction = ({ action, request }, stage) => {
  const rollout = stage.rollout as unknown as Rollout;
  const { uid = '', generation = 0 } = rollout.metadata;
  const outcome = planAction(
    action,
    {
      rollout,
      replicaSets: stage.replicaSets as unknown as ReplicaSet[],
      analysisRuns: [stage.analysisRun as unknown as AnalysisRun],
      workload: stage.workload,
      now: Date.now(),
    },
    {
      images: request?.images,
      toRevision: request?.toRevision,
      analysisRun: request?.analysisRun,
      seen: {
        uid,
        generation,
        podHash: rollout.status?.currentPodHash,
        stepIndex: rollout.status?.currentStepIndex,
      },
    },
  );
  return 'refusal' in outcome
    ? { refused: outcome.refusal.message }
    : { patches: outcome.patches };
};

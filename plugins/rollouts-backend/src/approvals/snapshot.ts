import type {
  ApprovalSnapshot,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What was to be seen when approval was asked for. */
export function snapshotOf(
  detail: RolloutDetail,
  consequences: string[],
  now: number,
): ApprovalSnapshot {
  const { phase, sentence, step, weights, images, metrics } = detail;
  return {
    at: `${new Date(now).toISOString().slice(0, 19)}Z`,
    phase,
    sentence,
    step,
    weights,
    images,
    metrics: metrics.map(metric => ({
      name: metric.name,
      phase: metric.phase,
      value: metric.last?.value,
      successCondition: metric.successCondition,
      failureCondition: metric.failureCondition,
    })),
    consequences,
  };
}

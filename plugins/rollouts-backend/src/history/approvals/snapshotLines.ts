import type {
  ApprovalSnapshot,
  ReleaseRequest,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What was to be seen when approval was asked for, line by line. */
export function snapshotLines(
  snapshot: ApprovalSnapshot,
): ReleaseRequest['snapshot'] {
  const { phase, sentence, step, weights, images, metrics, consequences } =
    snapshot;
  return [
    { label: 'phase', value: phase },
    { label: 'state', value: sentence },
    ...(step
      ? [{ label: 'step', value: `${step.index} of ${step.count}` }]
      : []),
    {
      label: 'weight',
      value: `${weights.actual} of ${weights.max}, ${weights.desired} asked for`,
    },
    ...images.map(({ container, stable, current }) => ({
      label: `image ${container}`,
      value: `${stable ?? 'none'} → ${current ?? 'none'}`,
    })),
    ...metrics.map(metric => ({
      label: `metric ${metric.name}`,
      value: [
        metric.phase,
        metric.value,
        metric.successCondition ?? metric.failureCondition,
      ]
        .filter(Boolean)
        .join(', '),
    })),
    ...consequences.map(value => ({ label: 'consequence', value })),
  ];
}

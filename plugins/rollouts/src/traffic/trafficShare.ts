import type { RolloutSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** How the bar is drawn. Fractions are of one. */
export interface TrafficShare {
  /** What is routed, or the canary's share of pods. */
  actual: number;
  desired: number;
  canaryRole: 'canary' | 'preview';
  stableRole: 'stable' | 'active';
  /** There is only the stable revision. */
  settled: boolean;
}

export function trafficShare(
  rollout: Pick<RolloutSummary, 'weights' | 'strategy' | 'pods'>,
): TrafficShare {
  const { weights, strategy, pods } = rollout;
  const share = (weight: number) =>
    weights.max > 0 ? Math.min(1, Math.max(0, weight / weights.max)) : 0;
  const blueGreen = strategy === 'blueGreen';
  const actual = share(weights.actual);
  const desired = share(weights.desired);
  return {
    actual,
    desired,
    canaryRole: blueGreen ? 'preview' : 'canary',
    stableRole: blueGreen ? 'active' : 'stable',
    settled:
      pods.canary.desired === 0 &&
      pods.canary.ready === 0 &&
      actual === 0 &&
      desired === 0,
  };
}

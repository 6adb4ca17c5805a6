import type {
  ImageChange,
  RolloutSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** How the bar is drawn. Fractions are of one. */
export interface TrafficShare {
  /** What is routed, or the canary's share of pods. */
  actual: number;
  desired: number;
  canaryRole: 'canary' | 'preview';
  stableRole: 'stable' | 'active';
  /** Nothing is on its way: one revision serves every request. */
  settled: boolean;
}

type Shared = Pick<
  RolloutSummary,
  'weights' | 'strategy' | 'pods' | 'revision' | 'stableRevision' | 'aborted'
>;

export function trafficShare(rollout: Shared): TrafficShare {
  const { weights, strategy } = rollout;
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
    settled: isSettled(rollout, actual, desired),
  };
}

/**
 * A finished rollout's weight stays at 100 % of what was its canary, which by
 * then is the stable revision; an aborted one's is 0 %, whatever pods are left.
 */
function isSettled(
  { revision, stableRevision, aborted, pods }: Shared,
  actual: number,
  desired: number,
): boolean {
  if (actual !== desired) {
    return false;
  }
  if (actual === 1) {
    return revision !== undefined && revision === stableRevision;
  }
  const noCanary = pods.canary.desired === 0 && pods.canary.ready === 0;
  return actual === 0 && (aborted || noCanary);
}

/** What the stable revision runs, by the container that is being changed or the first. */
export function stableImage(images: ImageChange[]): string | undefined {
  const changed = images.find(({ stable, current }) => stable !== current);
  const shown = changed ?? images[0];
  return shown?.stable ?? shown?.current;
}

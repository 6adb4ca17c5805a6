import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { resolveIntOrPercent } from './intOrPercent';

/** How far a replica-count canary may deviate from `spec.replicas`. */
export interface ScalingLimits {
  /** Pods above `spec.replicas`. */
  maxSurge: number;
  /** Pods below `spec.replicas` that may be missing or not available. */
  maxUnavailable: number;
}

/** Source: docs/features/canary, "maxSurge", "maxUnavailable". */
const DEFAULT = '25%';

/**
 * Surge rounds up, unavailability down; when both come to nothing, one pod may
 * be unavailable, for otherwise nothing could ever move.
 */
export function scalingLimits(rollout: Rollout): ScalingLimits {
  const replicas = rollout.spec.replicas ?? 1;
  const { canary, blueGreen } = rollout.spec.strategy ?? {};
  const maxSurge =
    resolveIntOrPercent(canary?.maxSurge ?? DEFAULT, replicas, 'up') ?? 0;
  const maxUnavailable =
    resolveIntOrPercent(
      canary?.maxUnavailable ?? blueGreen?.maxUnavailable ?? DEFAULT,
      replicas,
      'down',
    ) ?? 0;
  return {
    maxSurge,
    maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable,
  };
}

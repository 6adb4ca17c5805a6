import { DESIRED_REPLICAS_ANNOTATION } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutContext } from '../context';
import type { CanaryGoal } from './goal';

/**
 * `spec.paused` keeps the pods as they are. Only a change of `spec.replicas`
 * (an autoscaler's) is followed: specification, "paused".
 */
export function isHeld(
  { current, replicas }: RolloutContext,
  { frozen }: CanaryGoal,
): boolean {
  const noted =
    current.replicaSet.metadata.annotations?.[DESIRED_REPLICAS_ANNOTATION];
  return frozen && current.exists && Number(noted) === replicas;
}

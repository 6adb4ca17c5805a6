import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { SimulatedCluster } from '../simulatedCluster';
import { stepsOf, stepText } from './stepLabel';

/** A part of an update, between which and the next something irrevocable lies. */
export interface Stage {
  name: string;
  /** Number of the step, from 1. */
  step?: number;
}

/** The stage that an update is in; `undefined`: there is none, or no more. */
export function stageOf(cluster: SimulatedCluster): Stage | undefined {
  const { rollout } = cluster;
  const { currentPodHash, stableRS, abort, currentStepIndex } =
    rollout.status ?? {};
  if (!stableRS || currentPodHash === stableRS || abort) return undefined;
  const { blueGreen } = rollout.spec.strategy ?? {};
  if (blueGreen) {
    const active = cluster.services.get(blueGreen.activeService);
    const hash = active?.spec.selector?.[POD_TEMPLATE_HASH_LABEL];
    return {
      name: hash === currentPodHash ? 'after the switch' : 'before the switch',
    };
  }
  const steps = stepsOf(rollout);
  if (!steps.length) return { name: 'while pods are replaced' };
  const index = currentStepIndex ?? 0;
  const name = stepText(rollout, index);
  return index < steps.length ? { name, step: index + 1 } : { name };
}

import type {
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { colors } from './demo';
import { Scenario } from './scenario';

/** The first version is healthy. */
export const settled = (rollout: Rollout = colors()) =>
  new Scenario({ rollout }).wait(30);
/** Green waits at 20 % for a person. */
export const paused = (rollout?: Rollout) =>
  settled(rollout).deploy('green').wait(20);

export const imageOf = ({ replicaSet }: { replicaSet: ReplicaSet }) =>
  replicaSet.spec.template.spec.containers[0]?.image ?? '';

/** Pods asked for of an image's tag. */
export function replicasOf(scenario: Scenario, tag: string): number {
  return scenario.cluster
    .revisions()
    .filter(revision => imageOf(revision).endsWith(`:${tag}`))
    .reduce((sum, each) => sum + (each.replicaSet.spec.replicas ?? 0), 0);
}

export function weightOf(scenario: Scenario): number | undefined {
  return scenario.status.canary?.weights?.canary.weight;
}

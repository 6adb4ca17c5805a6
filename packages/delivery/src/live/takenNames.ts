import type {
  PodTemplateSpec,
  ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Store } from '@progressive-delivery/kube';
import { ByIdentity } from '../rollout/memory/byIdentity';
import type { RolloutSnapshot } from '../rollout/snapshot';
import { resolveTemplate } from '../rollout/workload/resolveWorkload';
import { templateHash } from '../rollout/template/templateHash';

/** Two of three turns look at a template that the turn before looked at. */
const hashes = new ByIdentity<PodTemplateSpec, string>();

function hashOf(template: PodTemplateSpec, count: number): string {
  return hashes.of(template, () => templateHash(template, count), [count]);
}

/**
 * The names that a ReplicaSet of the current template would get and that are
 * held already, by whomever: somebody else's would be refused for ever.
 */
export function takenNames(
  snapshot: RolloutSnapshot,
  replicaSets: Pick<Store<ReplicaSet>, 'get'>,
): string[] {
  const { metadata, status } = snapshot.rollout;
  const template = resolveTemplate(snapshot);
  // What is wrong with a manifest is for the planner to say.
  if (!Array.isArray(template?.spec?.containers)) return [];
  const taken: string[] = [];
  for (let count = status?.collisionCount ?? 0; ; count++) {
    const name = `${metadata.name}-${hashOf(template, count)}`;
    if (!replicaSets.get(metadata.namespace, name)) return taken;
    taken.push(name);
  }
}

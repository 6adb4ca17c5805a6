import { RESOURCES } from '@progressive-delivery/kube/resources';
import { isPromoted, type RolloutContext } from '../context';
import { canonicalJson } from '../template/canonicalJson';
import { withAntiAffinity, withoutAntiAffinity } from './antiAffinity';

const compared = (value: unknown) => canonicalJson(value ?? {});

/**
 * Keeps the rule about the revision that is stable now; only pods made from
 * now on know of it. The revision that has become stable keeps its last rule,
 * which is about pods that are gone.
 */
export function syncAntiAffinity(context: RolloutContext): void {
  const { rollout, current, stable, draft } = context;
  if (!current.exists || isPromoted(context)) return;
  const { template } = current.replicaSet.spec;
  const wanted = withAntiAffinity(
    rollout,
    withoutAntiAffinity(template),
    stable?.hash,
  );
  if (compared(template.spec.affinity) === compared(wanted.spec.affinity)) {
    return;
  }
  const { name } = current.replicaSet.metadata;
  draft.patch(
    RESOURCES.replicaSets,
    current.replicaSet,
    { spec: { template: { spec: { affinity: wanted.spec.affinity } } } },
    `${name} keeps away from the nodes of ${stable?.replicaSet.metadata.name}`,
  );
}

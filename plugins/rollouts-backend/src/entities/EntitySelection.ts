import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** The annotations and the label of Backstage's Kubernetes plugin. */
export const KUBERNETES_ID = 'backstage.io/kubernetes-id';
export const KUBERNETES_LABEL_SELECTOR =
  'backstage.io/kubernetes-label-selector';
export const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';
export const KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';

/** Names approval policies of the operator that apply in addition, separated by commas. */
export const APPROVAL_POLICIES = 'progressive-delivery.io/approval-policies';

/** Which rollouts a catalog entity names as its own. */
export interface EntitySelection {
  /** Lower case: `component:default/colors`. */
  entityRef: string;
  kubernetesId?: string;
  labelSelector?: string;
  namespace?: string;
  cluster?: string;
  ownerRefs: string[];
  /** The ref of the system that it is part of. */
  system?: string;
  /** `spec.type` */
  type?: string;
  /** `spec.lifecycle` */
  lifecycle?: string;
  labels?: Record<string, string>;
  /** The names in the annotation of approval policies. */
  approvalPolicies?: string[];
}

/** `undefined` when the entity has no annotation that selects anything. */
export function selectionOf(entity: Entity): EntitySelection | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const kubernetesId = annotations[KUBERNETES_ID];
  const labelSelector = annotations[KUBERNETES_LABEL_SELECTOR];
  if (!kubernetesId && !labelSelector) {
    return undefined;
  }
  return {
    entityRef: stringifyEntityRef(entity),
    kubernetesId: kubernetesId || undefined,
    labelSelector: labelSelector || undefined,
    namespace: annotations[KUBERNETES_NAMESPACE] || undefined,
    cluster: annotations[KUBERNETES_CLUSTER] || undefined,
    ownerRefs: related(entity, RELATION_OWNED_BY),
    system: related(entity, RELATION_PART_OF).find(ref =>
      ref.startsWith('system:'),
    ),
    type: textOf(entity.spec?.type),
    lifecycle: textOf(entity.spec?.lifecycle),
    labels: entity.metadata.labels,
    approvalPolicies: namesIn(annotations[APPROVAL_POLICIES]),
  };
}

/** The refs of what an entity has this relation to. */
function related(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function namesIn(list: string | undefined): string[] | undefined {
  const found = (list ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name.length > 0);
  return found.length > 0 ? found : undefined;
}

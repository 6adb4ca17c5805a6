import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { KUBERNETES_ID, type EntitySelection } from './EntitySelection';

/** One line of the operator's map of namespaces to owners. */
export interface OwnershipRule {
  /** All clusters when left out. */
  cluster?: string;
  namespace: string;
  /** The entity that the namespace belongs to, or */
  entity?: string;
  /** the group or user whose entities may act there. */
  owner?: string;
}

/** Whether an entity may be the ground for changing a rollout. */
export type OwnershipDecision =
  | { granted: true }
  | {
      granted: false;
      /** `elsewhere`: the operator gave the namespace to others, so it is not even shown. */
      code: 'elsewhere' | 'annotation-only' | 'ambiguous';
      message: string;
      remedy: string;
    };

/**
 * Annotations are written by whoever edits a catalog file, so they alone
 * never grant a write: the operator's map must give the namespace to the
 * entity, or the object itself must carry the entity's
 * `backstage.io/kubernetes-id` label, and no entity of another owner may claim
 * that id, because anybody can repeat it in a file of their own. Where the map speaks about a namespace,
 * it decides alone.
 */
export function decideOwnership(
  cluster: string,
  rollout: Rollout,
  entity: EntitySelection,
  rules: OwnershipRule[],
  claimants: (kubernetesId: string) => EntitySelection[],
): OwnershipDecision {
  const { namespace = '', labels = {}, name } = rollout.metadata;
  const about = rules.filter(
    rule =>
      rule.namespace === namespace &&
      (rule.cluster === undefined || rule.cluster === cluster),
  );
  if (about.length > 0) {
    return about.some(rule => grants(rule, entity))
      ? { granted: true }
      : {
          granted: false,
          code: 'elsewhere',
          message: `The operator's map gives namespace ${namespace} of cluster ${cluster} to somebody else than ${entity.entityRef}.`,
          remedy: `Ask the portal's operator to add ${entity.entityRef} or its owner for ${namespace} under rollouts.ownership.`,
        };
  }
  const id = Object.hasOwn(labels, KUBERNETES_ID)
    ? labels[KUBERNETES_ID]
    : undefined;
  if (entity.kubernetesId !== undefined && id === entity.kubernetesId) {
    const rival = claimants(id).find(
      other =>
        (other.cluster ?? cluster) === cluster &&
        (other.namespace ?? namespace) === namespace &&
        ownersOf(other) !== ownersOf(entity),
    );
    return rival
      ? {
          granted: false,
          code: 'ambiguous',
          message: `${entity.entityRef} and ${rival.entityRef} have different owners and both claim ${KUBERNETES_ID}: ${id}.`,
          remedy: `Take the annotation off the one that does not own ${namespace}/${name}, or ask the portal's operator to add namespace ${namespace} under rollouts.ownership.`,
        }
      : { granted: true };
  }
  return {
    granted: false,
    code: 'annotation-only',
    message: `${entity.entityRef} selects rollout ${namespace}/${name} by its annotations alone; nothing on the cluster's side agrees.`,
    remedy: `Put the label ${KUBERNETES_ID}: ${entity.kubernetesId ?? '<the entity’s kubernetes-id>'} on the Rollout, or ask the portal's operator to add namespace ${namespace} under rollouts.ownership.`,
  };
}

function ownersOf({ ownerRefs }: EntitySelection): string {
  return [...ownerRefs].sort().join();
}

function grants(rule: OwnershipRule, entity: EntitySelection): boolean {
  if (rule.entity !== undefined) {
    return normalise(rule.entity, 'component') === entity.entityRef;
  }
  return (
    rule.owner !== undefined &&
    entity.ownerRefs.includes(normalise(rule.owner, 'group'))
  );
}

function normalise(ref: string, defaultKind: string): string {
  return stringifyEntityRef(
    parseEntityRef(ref, { defaultKind, defaultNamespace: 'default' }),
  );
}

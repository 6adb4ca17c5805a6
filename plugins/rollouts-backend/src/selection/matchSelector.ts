import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { EntitySelection } from '../entities/EntitySelection';
import { parseLabelSelector } from '../entities/labelSelector';
import type { EntitySelector, RolloutSelector } from './RolloutSelector';

/** What a selector looks at. */
export interface Selectable {
  cluster: string;
  /** The cluster's tier. */
  tier?: string;
  rollout: Pick<Rollout, 'metadata'>;
  /**
   * The entities that the rollout is granted to, by the operator's map or its
   * label: an annotation must neither draw a rollout into a scope nor out of it.
   */
  entities: readonly EntitySelection[];
}

/**
 * Makes the test for one selector; parsing is done once.
 * @throws SyntaxError when `labels` cannot be read
 */
export function matchSelector(
  selector: RolloutSelector,
): (subject: Selectable) => boolean {
  const { clusters, namespaces, tiers, entity } = selector;
  const labels =
    selector.labels === undefined
      ? undefined
      : parseLabelSelector(selector.labels);
  return ({ cluster, tier, rollout, entities }) =>
    holds(clusters, cluster) &&
    holds(namespaces, rollout.metadata.namespace) &&
    holds(tiers, tier) &&
    (labels?.(rollout.metadata.labels ?? {}) ?? true) &&
    (entity === undefined || entities.some(each => isSelected(each, entity)));
}

/** Whether an entity meets everything that is said about it. */
export function isSelected(
  entity: EntitySelection,
  { refs, owners, systems, types, lifecycles, labels }: EntitySelector,
): boolean {
  return (
    holds(refs, entity.entityRef) &&
    holds(systems, entity.system) &&
    holds(types, entity.type) &&
    holds(lifecycles, entity.lifecycle) &&
    (labels === undefined || parseLabelSelector(labels)(entity.labels ?? {})) &&
    (owners === undefined ||
      entity.ownerRefs.some(owner => owners.includes(owner)))
  );
}

function holds(
  wanted: readonly string[] | undefined,
  value: string | undefined,
): boolean {
  return (
    wanted === undefined || (value !== undefined && wanted.includes(value))
  );
}

import type { Entity } from '@backstage/catalog-model';

/**
 * The annotations by which rollouts are found, those of the Kubernetes
 * plugin: an id that is a label on the objects, or a label selector.
 * @public
 */
export const ROLLOUTS_ANNOTATIONS = [
  'backstage.io/kubernetes-id',
  'backstage.io/kubernetes-label-selector',
];

/** Whether an entity is annotated so that rollouts can be found for it. @public */
export function isRolloutsAvailable(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return ROLLOUTS_ANNOTATIONS.some(name => Boolean(annotations[name]));
}

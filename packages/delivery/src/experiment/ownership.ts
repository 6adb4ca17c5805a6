import type {
  Experiment,
  KubeObject,
  OwnerReference,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { EXPERIMENT_TEMPLATE_ANNOTATION } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Makes an object belong to the experiment, and go when it goes. */
export function experimentReference({ metadata }: Experiment): OwnerReference {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Experiment',
    name: metadata.name,
    uid: metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The experiment made it, and it is not about to go. */
export function isOwnedBy(object: KubeObject, { metadata }: Experiment) {
  return (
    object.metadata.deletionTimestamp === undefined &&
    (object.metadata.ownerReferences ?? []).some(
      owner => owner.controller && owner.uid === metadata.uid,
    )
  );
}

/** The experiment's object for one of its templates, told by its annotation. */
export function objectOfTemplate<T extends KubeObject>(
  objects: T[],
  experiment: Experiment,
  template: string,
): T | undefined {
  return objects.find(
    object =>
      isOwnedBy(object, experiment) &&
      object.metadata.annotations?.[EXPERIMENT_TEMPLATE_ANNOTATION] ===
        template,
  );
}

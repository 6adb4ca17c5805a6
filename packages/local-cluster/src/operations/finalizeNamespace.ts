import { NewObject, StoredObject } from '../api/clusterApi';
import { KindDefinition } from '../kinds/kindDefinition';

/** Whether something has to happen before the object may go. */
export function isHeld(kind: KindDefinition, object: StoredObject): boolean {
  const { finalizers, deletionGracePeriodSeconds } = object.metadata;
  return (
    Boolean(finalizers?.length) ||
    Boolean(deletionGracePeriodSeconds) ||
    (isNamespace(kind) && Boolean(object.spec?.finalizers?.length))
  );
}

/** Namespaces have finalizers of their own, written through `finalize` only. */
export function isNamespace(kind: KindDefinition): boolean {
  return kind.group === '' && kind.kind === 'Namespace';
}

/** The namespace with the finalizers of its spec that were sent. */
export function withFinalizers(
  previous: StoredObject,
  wanted: NewObject,
): StoredObject {
  return {
    ...previous,
    spec: { ...previous.spec, finalizers: wanted.spec?.finalizers ?? [] },
  };
}

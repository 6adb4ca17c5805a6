import { StoredObject } from '../../api/clusterApi';

type OwnerReference = NonNullable<
  StoredObject['metadata']['ownerReferences']
>[number];

/** The one owner that manages the object, if there is one. */
export const controllerOf = (
  object: StoredObject,
): OwnerReference | undefined =>
  object.metadata.ownerReferences?.find(reference => reference.controller);

export const isControlledBy = (
  object: StoredObject,
  owner: StoredObject,
): boolean => controllerOf(object)?.uid === owner.metadata.uid;

export const controllerReference = (owner: StoredObject): OwnerReference => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
});

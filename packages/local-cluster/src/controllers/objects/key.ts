import { StoredObject } from '../../api/clusterApi';

/** `namespace/name`; a cluster-wide object's is `/name`. */
export const keyOf = (object: StoredObject): string =>
  `${object.metadata.namespace ?? ''}/${object.metadata.name}`;

export function splitKey(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

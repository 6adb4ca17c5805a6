import { ObjectMeta } from '../api/clusterApi';

/** Left out of the JSON of an object when there is nothing in them. */
const FIELDS = [
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
] as const;

/** What is empty and may be left out is, so that who looks for it finds none. */
export function omitEmpty(metadata: Partial<ObjectMeta>): void {
  for (const field of FIELDS) {
    const value = metadata[field];
    if (value && Object.keys(value).length === 0) delete metadata[field];
  }
}

import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Objects of one namespace by their names. A name such as `__proto__` is one like any other. */
export function byName<T extends KubeObject>(
  objects: readonly T[],
): Record<string, T> {
  const record: Record<string, T> = Object.create(null);
  for (const object of objects) record[object.metadata.name] = object;
  return record;
}

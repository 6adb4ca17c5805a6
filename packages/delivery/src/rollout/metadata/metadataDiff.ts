import type { ObjectMeta } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { EphemeralMetadata } from './ephemeralMetadata';

type Changes = Record<string, string | null>;

/** A merge patch of `metadata`, with nothing in it that is so already. */
export interface MetadataPatch {
  labels?: Changes;
  annotations?: Changes;
}

/**
 * What turns an object's labels and annotations into the wanted ones. Keys
 * that are known to be ephemeral and are not wanted go back to what the
 * template gives them, or go.
 *
 * @param known - keys that any role gives or gave
 * @param original - of the template; it has what an ephemeral key covers
 * @returns `undefined` when nothing has to change
 */
export function metadataDiff(
  has: Partial<ObjectMeta> | undefined,
  wanted: EphemeralMetadata,
  known: EphemeralMetadata[],
  original: Partial<ObjectMeta> | undefined,
): MetadataPatch | undefined {
  const patch: MetadataPatch = {};
  for (const part of ['labels', 'annotations'] as const) {
    const now = has?.[part] ?? {};
    const target: Record<string, string | undefined> = { ...wanted[part] };
    for (const key of known.flatMap(each => Object.keys(each[part]))) {
      target[key] ??= original?.[part]?.[key];
    }
    const changes = Object.entries(target).filter(
      ([key, value]) => now[key] !== value,
    );
    if (changes.length) {
      patch[part] = Object.fromEntries(
        changes.map(([key, value]) => [key, value ?? null]),
      );
    }
  }
  return patch.labels || patch.annotations ? patch : undefined;
}

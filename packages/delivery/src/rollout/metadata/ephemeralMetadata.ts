import {
  EPHEMERAL_METADATA_ANNOTATION,
  type KubeObject,
  type PodTemplateMetadata,
  type PodTemplateSpec,
  type ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

const PARTS = ['labels', 'annotations'] as const;

/** Labels and annotations that pods carry for as long as they have a role. */
export type EphemeralMetadata = Required<PodTemplateMetadata>;

const NONE: EphemeralMetadata = { labels: {}, annotations: {} };

function textsOf(value: unknown): Record<string, string> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      )
    : {};
}

/** What a stanza of the strategy asks for. */
export function toEphemeral(
  metadata: PodTemplateMetadata | undefined,
): EphemeralMetadata {
  return {
    labels: textsOf(metadata?.labels),
    annotations: textsOf(metadata?.annotations),
  };
}

/** What a ReplicaSet's pods were given, as noted on it. */
export function ephemeralOf({ metadata }: KubeObject): EphemeralMetadata {
  const text = metadata.annotations?.[EPHEMERAL_METADATA_ANNOTATION];
  if (!text) return NONE;
  try {
    return toEphemeral(JSON.parse(text));
  } catch {
    // Somebody has written nonsense there: it says nothing.
    return NONE;
  }
}

/** Whether a ReplicaSet has pods that were given something. */
export function isEphemeral(replicaSet: ReplicaSet): boolean {
  return hasPods(replicaSet) && hasKeys(ephemeralOf(replicaSet));
}

/** Whether a ReplicaSet has pods, or is to have some. */
export function hasPods({ spec, status }: ReplicaSet): boolean {
  return (spec?.replicas ?? 1) > 0 || (status?.replicas ?? 0) > 0;
}

/** Whether there is anything to give. */
export function hasKeys(metadata: EphemeralMetadata): boolean {
  return PARTS.some(part => Object.keys(metadata[part]).length > 0);
}

/** The note for a ReplicaSet; `undefined` when there is nothing to note. */
export function ephemeralNote(metadata: EphemeralMetadata): string | undefined {
  const entries = PARTS.filter(part => Object.keys(metadata[part]).length).map(
    part => [part, metadata[part]],
  );
  return entries.length
    ? JSON.stringify(Object.fromEntries(entries))
    : undefined;
}

/** The template as a ReplicaSet has it whose pods are given the metadata. */
export function withEphemeral(
  template: PodTemplateSpec,
  metadata: EphemeralMetadata,
): PodTemplateSpec {
  // The same object, so that what is known of it is found.
  if (!hasKeys(metadata)) return template;
  const entries = PARTS.filter(
    part => template.metadata?.[part] ?? Object.keys(metadata[part]).length,
  ).map(part => [part, { ...template.metadata?.[part], ...metadata[part] }]);
  return {
    ...template,
    metadata: { ...template.metadata, ...Object.fromEntries(entries) },
  };
}

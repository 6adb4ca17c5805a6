import { KindDefinition } from './kindDefinition';

/** The type of the official client that describes a builtin kind: `V1Deployment`, `CoreV1Event`. */
export function modelOf(kind: KindDefinition, version: string): string {
  if (kind.group === '' && kind.kind === 'Event') return 'CoreV1Event';
  return `${version[0]!.toUpperCase()}${version.slice(1)}${kind.kind}`;
}

/** Gives builtin kinds the schema that refers to their model. */
export function withModelSchema(kind: KindDefinition): KindDefinition {
  return {
    ...kind,
    versions: kind.versions.map(version => ({
      ...version,
      // A CRD's own schema holds schemas, which no schema describes.
      schema:
        kind.kind === 'CustomResourceDefinition'
          ? undefined
          : { $ref: modelOf(kind, version.name) },
    })),
  };
}

import { resolveSchema, Schema, SchemaLookup } from '../schema/schema';
import { KindVersion } from './kindDefinition';

/** The schema of whole objects, with what every object has at its root. */
export function rootSchema(version: KindVersion, lookup: SchemaLookup): Schema {
  const declared: Schema = resolveSchema(version.schema, lookup) ?? {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  };
  return {
    ...declared,
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      ...declared.properties,
      metadata: { $ref: 'V1ObjectMeta' },
    },
  };
}

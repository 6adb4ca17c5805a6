import { modelName } from './schemaName';
import { Schema, SchemaLookup } from '../schema/schema';

/** Names of all types that the schemas refer to, directly or not. */
export function schemaNames(
  schemas: readonly Schema[],
  lookup: SchemaLookup,
): string[] {
  const names = new Set<string>();
  const visit = (schema: Schema): void => {
    if (schema.$ref && !names.has(schema.$ref)) {
      const found = lookup(schema.$ref);
      if (found) {
        names.add(schema.$ref);
        visit(found);
      }
    }
    for (const child of childrenOf(schema)) visit(child);
  };
  schemas.forEach(visit);
  return [...names];
}

const PREFIX = '#/components/schemas/';

/** The schema with the references of an OpenAPI document. */
export function renameRefs(schema: Schema): Schema {
  const renamed: Schema = { ...schema };
  if (schema.$ref && !schema.$ref.startsWith(PREFIX)) {
    renamed.$ref = `${PREFIX}${modelName(schema.$ref)}`;
  }
  if (schema.properties) {
    renamed.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, child]) => [
        key,
        renameRefs(child),
      ]),
    );
  }
  if (schema.items) renamed.items = renameRefs(schema.items);
  if (typeof schema.additionalProperties === 'object') {
    renamed.additionalProperties = renameRefs(schema.additionalProperties);
  }
  return renamed;
}

function childrenOf(schema: Schema): Schema[] {
  return [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(typeof schema.additionalProperties === 'object'
      ? [schema.additionalProperties]
      : []),
  ];
}

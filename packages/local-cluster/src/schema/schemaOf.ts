import { resolveSchema, Schema, SchemaLookup } from './schema';

/** The schema of one property of an object; undefined when it is not known. */
export function propertySchema(
  schema: Schema,
  key: string,
  lookup: SchemaLookup,
): Schema | undefined {
  if (schema.properties && Object.hasOwn(schema.properties, key)) {
    return resolveSchema(schema.properties[key], lookup);
  }
  return typeof schema.additionalProperties === 'object'
    ? resolveSchema(schema.additionalProperties, lookup)
    : undefined;
}

/** Whether keys beyond `properties` are kept. */
export function keepsUnknown(schema: Schema): boolean {
  return (
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    (schema.additionalProperties !== undefined &&
      schema.additionalProperties !== false)
  );
}

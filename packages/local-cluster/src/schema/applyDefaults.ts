import { mutableCopy } from '../storage/mutableCopy';
import { isRecord } from './isRecord';
import { resolveSchema, Schema, SchemaLookup } from './schema';
import { propertySchema } from './schemaOf';

/** Fills in, in place, what the schema has a default for and the value lacks. */
export function applyDefaults(
  schema: Schema,
  value: unknown,
  lookup: SchemaLookup,
): void {
  if (Array.isArray(value)) {
    const items = resolveSchema(schema.items, lookup);
    if (items) for (const item of value) applyDefaults(items, item, lookup);
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, declared] of Object.entries(schema.properties ?? {})) {
    const property = resolveSchema(declared, lookup);
    if (property?.default !== undefined && !Object.hasOwn(value, key)) {
      value[key] = mutableCopy(property.default);
    }
  }
  for (const key of Object.keys(value)) {
    const property = propertySchema(schema, key, lookup);
    if (property) applyDefaults(property, value[key], lookup);
  }
}

import { isRecord } from '../isRecord';
import { Schema, SchemaLookup } from '../schema';
import { propertySchema } from '../schemaOf';

/** Words that are no identifiers in CEL. Source: Kubernetes documentation, "Validation rules". */
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);
const ESCAPES: [string, string][] = [
  ['__', '__underscores__'],
  ['.', '__dot__'],
  ['-', '__dash__'],
  ['/', '__slash__'],
];

/** A value as rules in CEL see it: whole numbers, and names that are identifiers. */
export function celValue(
  schema: Schema | undefined,
  value: unknown,
  lookup: SchemaLookup,
): unknown {
  if (typeof value === 'number') {
    return schema?.type !== 'number' && Number.isInteger(value)
      ? BigInt(value)
      : value;
  }
  if (Array.isArray(value)) {
    return value.map(each => celValue(schema?.items, each, lookup));
  }
  if (!isRecord(value)) return value;
  const fields: Record<string, unknown> = Object.create(null);
  for (const [key, each] of Object.entries(value)) {
    const isField = schema?.properties && Object.hasOwn(schema.properties, key);
    const property = schema && propertySchema(schema, key, lookup);
    // Keys of a map are texts, whatever is in them.
    fields[isField ? escaped(key) : key] = celValue(property, each, lookup);
  }
  return fields;
}

function escaped(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return ESCAPES.reduce((text, [from, to]) => text.replaceAll(from, to), name);
}

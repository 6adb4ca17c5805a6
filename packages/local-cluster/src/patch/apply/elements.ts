import { isRecord } from '../../schema/isRecord';
import { resolveSchema, Schema, SchemaLookup } from '../../schema/schema';
import { propertySchema } from '../../schema/schemaOf';

/** How a value is divided into fields that can have different owners. */
export type Division = 'leaf' | 'object' | 'map-list' | 'set-list';

/** Without a schema objects are divided and lists are not. */
export function divisionOf(
  schema: Schema | undefined,
  value: unknown,
): Division {
  if (Array.isArray(value)) {
    switch (schema?.['x-kubernetes-list-type']) {
      case 'map':
        return value.every(isRecord) ? 'map-list' : 'leaf';
      case 'set':
        return 'set-list';
      default:
        return 'leaf';
    }
  }
  if (!isRecord(value) || schema?.['x-kubernetes-map-type'] === 'atomic') {
    return 'leaf';
  }
  return 'object';
}

/** `k:{"containerPort":80,"protocol":"TCP"}`, with defaults for keys left out. */
export function itemElement(
  schema: Schema | undefined,
  item: unknown,
  lookup: SchemaLookup,
): string {
  const items = resolveSchema(schema?.items, lookup);
  const keys = [...(schema?.['x-kubernetes-list-map-keys'] ?? [])].sort();
  const identity: Record<string, unknown> = {};
  for (const key of keys) {
    const value = isRecord(item) ? item[key] : undefined;
    identity[key] =
      value ?? (items && propertySchema(items, key, lookup)?.default) ?? null;
  }
  return `k:${JSON.stringify(identity)}`;
}

export function valueElement(value: unknown): string {
  return `v:${JSON.stringify(value)}`;
}

/** The parts of a divided value: element, schema and value of each. */
export function partsOf(
  schema: Schema | undefined,
  value: unknown,
  lookup: SchemaLookup,
): { element: string; schema: Schema | undefined; value: unknown }[] {
  switch (divisionOf(schema, value)) {
    case 'object':
      return Object.entries(value as Record<string, unknown>).map(
        ([key, part]) => ({
          element: `f:${key}`,
          schema: schema && propertySchema(schema, key, lookup),
          value: part,
        }),
      );
    case 'map-list':
      return (value as unknown[]).map(part => ({
        element: itemElement(schema, part, lookup),
        schema: resolveSchema(schema?.items, lookup),
        value: part,
      }));
    case 'set-list':
      return (value as unknown[]).map(part => ({
        element: valueElement(part),
        schema: resolveSchema(schema?.items, lookup),
        value: part,
      }));
    default:
      return [];
  }
}

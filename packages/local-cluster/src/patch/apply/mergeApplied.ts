import { isRecord } from '../../schema/isRecord';
import { resolveSchema, Schema, SchemaLookup } from '../../schema/schema';
import { propertySchema } from '../../schema/schemaOf';
import { equalJson } from '../../storage/equalJson';
import { setOwn } from '../../storage/ownCopy';
import { divisionOf, itemElement, valueElement } from './elements';
import { FieldSet } from './fieldSet';

/** The live object with what was applied laid over it. */
export function mergeApplied(
  schema: Schema | undefined,
  live: unknown,
  applied: unknown,
  lookup: SchemaLookup,
): unknown {
  const division = divisionOf(schema, applied);
  if (division === 'leaf' || divisionOf(schema, live) !== division) {
    return applied;
  }
  if (division === 'object') {
    const result: Record<string, unknown> = {};
    const before = live as Record<string, unknown>;
    for (const [key, value] of Object.entries(before)) {
      setOwn(result, key, value);
    }
    for (const [key, value] of Object.entries(applied as object)) {
      const property = schema && propertySchema(schema, key, lookup);
      setOwn(
        result,
        key,
        Object.hasOwn(before, key)
          ? mergeApplied(property, before[key], value, lookup)
          : value,
      );
    }
    return result;
  }
  const result = [...(live as unknown[])];
  for (const item of applied as unknown[]) {
    const index =
      division === 'set-list'
        ? result.findIndex(present => equalJson(present, item))
        : result.findIndex(
            present =>
              itemElement(schema, present, lookup) ===
              itemElement(schema, item, lookup),
          );
    if (index < 0) result.push(item);
    else {
      const items = resolveSchema(schema?.items, lookup);
      result[index] = mergeApplied(items, result[index], item, lookup);
    }
  }
  return result;
}

/**
 * The value without the fields, and without what is empty when they are gone.
 * Undefined when nothing is left.
 */
export function removeFields(
  schema: Schema | undefined,
  value: unknown,
  fields: FieldSet,
  lookup: SchemaLookup,
): unknown {
  return fields.size === 0 ? value : remove(schema, value, []);

  function remove(
    found: Schema | undefined,
    part: unknown,
    path: string[],
  ): unknown {
    if (path.length > 0 && fields.has(path)) return undefined;
    const division = divisionOf(found, part);
    if (division === 'object' && isRecord(part)) {
      const result: Record<string, unknown> = {};
      let changed = false;
      for (const [key, child] of Object.entries(part)) {
        const property = found && propertySchema(found, key, lookup);
        const kept = remove(property, child, [...path, `f:${key}`]);
        if (kept !== child) changed = true;
        if (kept !== undefined) setOwn(result, key, kept);
      }
      if (!changed) return part;
      const empty = Object.keys(result).length === 0;
      return empty && path.length > 0 ? undefined : result;
    }
    if (division === 'map-list' || division === 'set-list') {
      const items = resolveSchema(found?.items, lookup);
      const list = part as unknown[];
      const result = list
        .map(item =>
          remove(items, item, [
            ...path,
            division === 'map-list'
              ? itemElement(found, item, lookup)
              : valueElement(item),
          ]),
        )
        .filter(item => item !== undefined);
      const same =
        result.length === list.length &&
        result.every((item, index) => item === list[index]);
      if (same) return part;
      return result.length > 0 ? result : undefined;
    }
    return part;
  }
}

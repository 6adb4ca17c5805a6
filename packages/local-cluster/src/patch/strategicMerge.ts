import { badRequest } from '../api/apiError';
import { isRecord } from '../schema/isRecord';
import { resolveSchema, Schema, SchemaLookup } from '../schema/schema';
import { propertySchema } from '../schema/schemaOf';
import { equalJson } from '../storage/equalJson';
import { setOwn } from '../storage/ownCopy';
import { mergedOrder } from './mergedOrder';

type Item = Record<string, unknown>;

const DELETE_FROM = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';
const DIRECTIVES = ['$patch', '$retainKeys'];

/**
 * A strategic merge patch: like a merge patch, but lists whose schema has a
 * merge key are merged item by item.
 *
 * Implemented: `$patch` (replace, delete, merge), `$retainKeys`,
 * `$setElementOrder/…`, `$deleteFromPrimitiveList/…`. Not implemented: the
 * parallel precondition checks that some clients do before sending.
 */
export function strategicMerge(
  schema: Schema | undefined,
  target: unknown,
  patch: unknown,
  lookup: SchemaLookup,
): unknown {
  const found = resolveSchema(schema, lookup);
  if (!isRecord(patch)) return patch;
  if (patch.$patch === 'delete') return undefined;
  if (patch.$patch === 'replace') return withoutDirectives(patch);

  const base = isRecord(target) ? target : {};
  const result: Item = {};
  for (const [key, value] of Object.entries(base)) setOwn(result, key, value);
  for (const [key, value] of Object.entries(patch)) {
    if (isDirective(key)) continue;
    if (value === null) {
      delete result[key];
      continue;
    }
    const property = found && propertySchema(found, key, lookup);
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    const merged = Array.isArray(value)
      ? mergeList(property, before, value, lookup)
      : strategicMerge(property, before, value, lookup);
    if (merged === undefined) delete result[key];
    else setOwn(result, key, merged);
  }
  for (const [key, value] of Object.entries(patch)) {
    if (!Array.isArray(value)) continue;
    if (key.startsWith(DELETE_FROM)) {
      const field = key.slice(DELETE_FROM.length);
      const list = result[field];
      if (Array.isArray(list)) {
        result[field] = list.filter(
          item => !value.some(gone => equalJson(gone, item)),
        );
      }
    } else if (key.startsWith(ORDER)) {
      const field = key.slice(ORDER.length);
      const list = result[field];
      const property = found && propertySchema(found, field, lookup);
      if (Array.isArray(list)) {
        const before = Array.isArray(base[field]) ? base[field] : [];
        result[field] = mergedOrder(list, value, before, mergeKey(property));
      }
    }
  }
  if (Array.isArray(patch.$retainKeys)) {
    for (const key of Object.keys(result)) {
      if (!patch.$retainKeys.includes(key)) delete result[key];
    }
  }
  return result;
}

function mergeList(
  schema: Schema | undefined,
  target: unknown,
  patch: unknown[],
  lookup: SchemaLookup,
): unknown[] {
  const whole = patch.some(
    item => isRecord(item) && item.$patch === 'replace' && size(item) === 1,
  );
  const strategy = schema?.['x-kubernetes-patch-strategy'];
  if (whole || strategy !== 'merge' || !Array.isArray(target)) {
    return patch
      .filter(item => !(isRecord(item) && '$patch' in item && size(item) === 1))
      .filter(item => !(isRecord(item) && item.$patch === 'delete'))
      .map(item => (isRecord(item) ? withoutDirectives(item) : item));
  }
  const key = mergeKey(schema);
  if (key === undefined) {
    const added = patch.filter(
      item => !target.some(present => equalJson(present, item)),
    );
    return mergedOrder([...target, ...added], patch, target, undefined);
  }
  const result = [...target];
  for (const item of patch) {
    if (!isRecord(item) || item[key] === undefined) {
      throw badRequest(
        `the map in the list of a strategic merge patch does not contain its merge key: ${key}`,
      );
    }
    const index = result.findIndex(
      present => isRecord(present) && equalJson(present[key], item[key]),
    );
    const merged = strategicMerge(
      schema?.items,
      index < 0 ? undefined : result[index],
      item,
      lookup,
    );
    if (merged === undefined) {
      if (index >= 0) result.splice(index, 1);
    } else if (index < 0) result.push(merged);
    else result[index] = merged;
  }
  return mergedOrder(result, patch, target, key);
}

function mergeKey(schema: Schema | undefined): string | undefined {
  return schema?.['x-kubernetes-patch-merge-key'];
}

function withoutDirectives(patch: Item): Item {
  const result: Item = {};
  for (const [key, value] of Object.entries(patch)) {
    if (isDirective(key) || value === null) continue;
    setOwn(result, key, isRecord(value) ? withoutDirectives(value) : value);
  }
  return result;
}

function isDirective(key: string): boolean {
  return (
    DIRECTIVES.includes(key) ||
    key.startsWith(DELETE_FROM) ||
    key.startsWith(ORDER)
  );
}

function size(item: Item): number {
  return Object.keys(item).length;
}

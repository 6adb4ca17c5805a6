import { Cause } from '../api/apiError';
import { equalJson } from '../storage/equalJson';
import { validateFormat } from './formats';
import { isRecord } from './isRecord';
import { childPath, itemPath } from './path';
import { resolveSchema, Schema, SchemaLookup } from './schema';
import { propertySchema } from './schemaOf';

/**
 * Everything about the value that the schema does not allow, in the words
 * that the API server uses.
 *
 * Implemented: types, required, enum, bounds, lengths, pattern, common
 * formats, unique items, keys of map lists, not/allOf/anyOf/oneOf. Rules in
 * CEL are for `validateRules`. Not implemented: ratcheting.
 */
export function validate(
  schema: Schema,
  value: unknown,
  lookup: SchemaLookup,
): Cause[] {
  const causes: Cause[] = [];
  check(schema, value, '');
  return causes;

  function check(declared: Schema, item: unknown, path: string): void {
    const found = resolveSchema(declared, lookup);
    if (!found || (item === null && found.nullable)) return;
    if (!checkType(found, item, path)) return;
    if (found.enum && !found.enum.some(allowed => equalJson(allowed, item))) {
      fail(
        'FieldValueNotSupported',
        path,
        `Unsupported value: ${JSON.stringify(item)}: supported values: ${found.enum.map(allowed => JSON.stringify(allowed)).join(', ')}`,
      );
    }
    if (typeof item === 'number') checkNumber(found, item, path);
    if (typeof item === 'string') checkString(found, item, path);
    if (Array.isArray(item)) checkArray(found, item, path);
    else if (isRecord(item)) checkObject(found, item, path);
    checkCombined(found, item, path);
  }

  function checkType(found: Schema, item: unknown, path: string): boolean {
    const expected = found['x-kubernetes-int-or-string']
      ? 'int-or-string'
      : found.type;
    if (!expected || hasType(expected, item)) return true;
    const actual = typeName(item);
    fail(
      'FieldValueTypeInvalid',
      path,
      `Invalid value: "${actual}": ${inBody(path)} must be of type ${expected === 'int-or-string' ? 'integer,string' : expected}: "${actual}"`,
    );
    return false;
  }

  function checkNumber(found: Schema, item: number, path: string): void {
    const { minimum, maximum, multipleOf } = found;
    const belowMinimum =
      minimum !== undefined &&
      (found.exclusiveMinimum ? item <= minimum : item < minimum);
    if (belowMinimum) {
      const words = found.exclusiveMinimum
        ? 'greater than'
        : 'greater than or equal to';
      invalid(path, item, `should be ${words} ${minimum}`);
    }
    const aboveMaximum =
      maximum !== undefined &&
      (found.exclusiveMaximum ? item >= maximum : item > maximum);
    if (aboveMaximum) {
      const words = found.exclusiveMaximum
        ? 'less than'
        : 'less than or equal to';
      invalid(path, item, `should be ${words} ${maximum}`);
    }
    if (multipleOf !== undefined && item % multipleOf !== 0) {
      invalid(path, item, `should be a multiple of ${multipleOf}`);
    }
    if (found.format === 'int32' && Math.abs(item) > 2 ** 31) {
      invalid(path, item, 'must be of type int32');
    }
  }

  function checkString(found: Schema, item: string, path: string): void {
    const { minLength, maxLength, pattern, format } = found;
    if (minLength !== undefined && item.length < minLength) {
      invalid(path, item, `should be at least ${minLength} chars long`);
    }
    if (maxLength !== undefined && item.length > maxLength) {
      fail(
        'FieldValueTooLong',
        path,
        `Too long: may not be more than ${maxLength} bytes`,
      );
      return;
    }
    if (pattern !== undefined && matchesPattern(pattern, item) === false) {
      invalid(path, item, `should match '${pattern}'`);
    }
    if (format && !validateFormat(format, item)) {
      fail(
        'FieldValueTypeInvalid',
        path,
        `Invalid value: ${JSON.stringify(item)}: ${inBody(path)} must be of type ${format}: ${JSON.stringify(item)}`,
      );
    }
  }

  function checkArray(found: Schema, item: unknown[], path: string): void {
    const { minItems, maxItems, items } = found;
    if (minItems !== undefined && item.length < minItems) {
      invalid(path, item.length, `should have at least ${minItems} items`);
    }
    if (maxItems !== undefined && item.length > maxItems) {
      fail(
        'FieldValueTooMany',
        path,
        `Too many: ${item.length}: must have at most ${countOf(maxItems)}`,
      );
    }
    if (items) {
      item.forEach((entry, index) =>
        check(items, entry, itemPath(path, index)),
      );
    }
    const type = found['x-kubernetes-list-type'];
    const keys = found['x-kubernetes-list-map-keys'] ?? [];
    // Builtin kinds use their merge keys for patches only.
    const keyed =
      (type === 'map' || type === 'set') &&
      !found['x-kubernetes-patch-strategy'];
    if (!keyed && !found.uniqueItems) return;
    const seen = new Set<string>();
    item.forEach((entry, index) => {
      const identity =
        type === 'map' && isRecord(entry)
          ? JSON.stringify(
              Object.fromEntries(keys.map(key => [key, entry[key]])),
            )
          : JSON.stringify(entry);
      if (seen.has(identity)) {
        fail(
          'FieldValueDuplicate',
          itemPath(path, index),
          `Duplicate value: ${identity}`,
        );
      }
      seen.add(identity);
    });
  }

  function checkObject(
    found: Schema,
    item: Record<string, unknown>,
    path: string,
  ): void {
    for (const key of found.required ?? []) {
      if (!Object.hasOwn(item, key)) {
        fail('FieldValueRequired', childPath(path, key), 'Required value');
      }
    }
    const size = Object.keys(item).length;
    if (found.minProperties !== undefined && size < found.minProperties) {
      invalid(
        path,
        size,
        `should have at least ${found.minProperties} properties`,
      );
    }
    if (found.maxProperties !== undefined && size > found.maxProperties) {
      fail(
        'FieldValueTooMany',
        path,
        `Too many: ${size}: must have at most ${countOf(found.maxProperties)}`,
      );
    }
    for (const [key, entry] of Object.entries(item)) {
      const property = propertySchema(found, key, lookup);
      if (property) check(property, entry, childPath(path, key));
    }
  }

  function checkCombined(found: Schema, item: unknown, path: string): void {
    const passes = (candidate: Schema) =>
      validate(candidate, item, lookup).length === 0;
    for (const part of found.allOf ?? []) check(part, item, path);
    if (found.anyOf && !found.anyOf.some(passes)) {
      combined(path, 'must validate at least one schema (anyOf)');
    }
    const valid = found.oneOf?.filter(passes).length ?? 1;
    if (valid !== 1) {
      combined(
        path,
        `must validate one and only one schema (oneOf). Found ${valid === 0 ? 'none valid' : `${valid} valid alternatives`}`,
      );
    }
    if (found.not && passes(found.not)) {
      combined(path, 'must not validate the schema (not)');
    }
  }

  /** The API server says of these where they are in the words alone. */
  function combined(path: string, what: string): void {
    fail('FieldValueInvalid', '<nil>', `Invalid value: "": "${path}" ${what}`);
  }

  function invalid(path: string, item: unknown, what: string): void {
    fail(
      'FieldValueInvalid',
      path,
      `Invalid value: ${JSON.stringify(item)}: ${inBody(path)} ${what}`,
    );
  }

  function fail(reason: string, field: string, message: string): void {
    causes.push({ reason, message, field: field || '<root>' });
  }
}

/**
 * Patterns are Go's; undefined when JavaScript has no such expression, which
 * says nothing about the value.
 */
function matchesPattern(pattern: string, item: string): boolean | undefined {
  try {
    return new RegExp(pattern, 'u').test(item);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  try {
    return new RegExp(pattern).test(item);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function countOf(items: number): string {
  return `${items} item${items === 1 ? '' : 's'}`;
}

function inBody(path: string): string {
  return path ? `${path} in body` : 'the object';
}

function hasType(expected: string, item: unknown): boolean {
  switch (expected) {
    case 'object':
      return isRecord(item);
    case 'array':
      return Array.isArray(item);
    case 'integer':
      return Number.isInteger(item);
    case 'int-or-string':
      return typeof item === 'string' || Number.isInteger(item);
    default:
      return typeof item === expected;
  }
}

function typeName(item: unknown): string {
  if (item === null) return 'null';
  if (Array.isArray(item)) return 'array';
  if (Number.isInteger(item)) return 'integer';
  return typeof item;
}

import { Cause } from '../api/apiError';
import { equalJson } from '../storage/equalJson';
import { isRecord } from './isRecord';
import { childPath } from './path';
import { Schema, SchemaLookup } from './schema';
import { propertySchema } from './schemaOf';

/** Of what is no plain value only the type is named. */
function valueOrType(item: unknown): unknown {
  if (Array.isArray(item)) return 'array';
  return isRecord(item) ? 'object' : item;
}

const IMMUTABLE = /^\s*self\s*==\s*oldSelf\s*$/;

/**
 * What an update changes although a rule of the CRD says that it is immutable.
 *
 * Implemented: the rule `self == oldSelf`, outside of lists. Not implemented:
 * every other expression of `x-kubernetes-validations`; such a rule holds.
 */
export function validateTransition(
  schema: Schema,
  value: unknown,
  previous: unknown,
  lookup: SchemaLookup,
): Cause[] {
  const causes: Cause[] = [];
  compare(schema, value, previous, '');
  return causes;

  function compare(
    found: Schema,
    item: unknown,
    old: unknown,
    path: string,
  ): void {
    for (const { rule, message } of found['x-kubernetes-validations'] ?? []) {
      if (!IMMUTABLE.test(rule) || equalJson(item, old)) continue;
      causes.push({
        reason: 'FieldValueInvalid',
        field: path,
        message: `Invalid value: ${JSON.stringify(valueOrType(item))}: ${message ?? `failed rule: ${rule}`}`,
      });
    }
    if (!isRecord(item) || !isRecord(old)) return;
    for (const key of Object.keys(item)) {
      const property = Object.hasOwn(old, key)
        ? propertySchema(found, key, lookup)
        : undefined;
      if (property) {
        compare(property, item[key], old[key], childPath(path, key));
      }
    }
  }
}

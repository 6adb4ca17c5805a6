import { Cause } from '../../api/apiError';
import { equalJson } from '../../storage/equalJson';
import { isRecord } from '../isRecord';
import { childPath, itemPath } from '../path';
import { resolveSchema, Schema, SchemaLookup } from '../schema';
import { propertySchema } from '../schemaOf';
import { CelRules } from './celRules';
import { celValue } from './celValue';

type Rule = NonNullable<Schema['x-kubernetes-validations']>[number];

const REASONS: Readonly<Record<string, (value: string) => string>> = {
  FieldValueInvalid: value => `Invalid value: ${value}: `,
  FieldValueForbidden: () => 'Forbidden: ',
  FieldValueRequired: () => 'Required value: ',
  FieldValueDuplicate: value => `Duplicate value: ${value}: `,
};
const USES_OLD = /\boldSelf\b/;

/**
 * What breaks the rules of a CRD (`x-kubernetes-validations`), in the words of
 * the API server. A rule about `oldSelf` is about changes: it is left out when
 * there was no such value before. What an update does not change is not held
 * against it.
 *
 * Not implemented: the cost of rules, `optionalOldSelf`, and what `CelRules`
 * does not understand; such a rule holds.
 *
 * @param old - what was there before; undefined for a new object
 */
export function validateRules(
  schema: Schema,
  value: unknown,
  old: unknown,
  lookup: SchemaLookup,
  cel: CelRules,
): Cause[] {
  const causes: Cause[] = [];
  check(schema, value, old, '');
  return causes;

  function check(
    declared: Schema,
    item: unknown,
    before: unknown,
    path: string,
  ): void {
    const found = resolveSchema(declared, lookup);
    if (!found || item === null || item === undefined) return;
    const rules = found['x-kubernetes-validations'] ?? [];
    if (rules.length && before !== undefined && equalJson(item, before)) return;
    for (const rule of rules) {
      if (before === undefined && USES_OLD.test(rule.rule)) continue;
      const cause = broken(found, rule, item, before, path);
      if (cause) causes.push(cause);
    }
    if (Array.isArray(item)) {
      item.forEach((each, index) => {
        if (!found.items) return;
        check(
          found.items,
          each,
          sameItem(found, each, before),
          itemPath(path, index),
        );
      });
      return;
    }
    if (!isRecord(item)) return;
    for (const [key, each] of Object.entries(item)) {
      const property = propertySchema(found, key, lookup);
      if (!property) continue;
      const earlier =
        isRecord(before) && Object.hasOwn(before, key)
          ? before[key]
          : undefined;
      check(property, each, earlier, childPath(path, key));
    }
  }

  function broken(
    found: Schema,
    rule: Rule,
    item: unknown,
    before: unknown,
    path: string,
  ): Cause | undefined {
    const variables = {
      self: celValue(found, item, lookup),
      ...(before !== undefined && { oldSelf: celValue(found, before, lookup) }),
    };
    const verdict = cel.judge(rule.rule, variables);
    if (verdict.kind === 'holds' || verdict.kind === 'unknown')
      return undefined;
    const own =
      (rule.messageExpression && cel.text(rule.messageExpression, variables)) ||
      rule.message ||
      `failed rule: ${rule.rule}`;
    const message =
      verdict.kind === 'failed'
        ? `${verdict.why} evaluating rule: ${own}`
        : own;
    const reason =
      rule.reason && Object.hasOwn(REASONS, rule.reason)
        ? rule.reason
        : 'FieldValueInvalid';
    return {
      reason,
      message: `${REASONS[reason]?.(JSON.stringify(found.type ?? ''))}${message}`,
      field: `${path}${rule.fieldPath ?? ''}` || '<root>',
    };
  }
}

/** The item that has the same keys, of a list that is a map. */
function sameItem(list: Schema, item: unknown, before: unknown): unknown {
  if (list['x-kubernetes-list-type'] !== 'map') return undefined;
  const keys = list['x-kubernetes-list-map-keys'] ?? [];
  if (!Array.isArray(before) || !isRecord(item)) return undefined;
  return before.find(
    each => isRecord(each) && keys.every(key => each[key] === item[key]),
  );
}

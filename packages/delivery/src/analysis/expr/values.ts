import { ExpressionError } from './limits';

/** A moment, as `now()` and `date()` make it. */
export class ExpressionTime {
  constructor(readonly milliseconds: number) {}
}

/** A length of time, as `duration("5m")` makes it. */
export class ExpressionDuration {
  constructor(readonly milliseconds: number) {}
}

/** `<nil>`, `float64`, `string` …: as messages of the reference name it. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (value instanceof ExpressionTime) return 'time.Time';
  if (value instanceof ExpressionDuration) return 'time.Duration';
  switch (typeof value) {
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    default:
      return 'map[string]interface {}';
  }
}

/** A map of the language: any object that is not one of the special values. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof ExpressionTime) &&
    !(value instanceof ExpressionDuration)
  );
}

export function hasOwn(object: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}

/** Deep equality; values of different types are unequal, never an error. */
export function isEqual(
  left: unknown,
  right: unknown,
  step: () => void,
): boolean {
  step();
  if (left === right) return true;
  if ((left ?? null) === null && (right ?? null) === null) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length &&
      left.every((element, i) => isEqual(element, right[i], step))
    );
  }
  if (isMap(left) && isMap(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every(
        key => hasOwn(right, key) && isEqual(left[key], right[key], step),
      )
    );
  }
  if (left instanceof ExpressionTime && right instanceof ExpressionTime) {
    return left.milliseconds === right.milliseconds;
  }
  if (
    left instanceof ExpressionDuration &&
    right instanceof ExpressionDuration
  ) {
    return left.milliseconds === right.milliseconds;
  }
  return false;
}

export function mismatch(operator: string, left: unknown, right: unknown) {
  return new ExpressionError(
    `invalid operation: ${operator} (mismatched types ${typeName(left)} and ${typeName(right)})`,
  );
}

/** Numbers as the language prints them. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  return String(value);
}

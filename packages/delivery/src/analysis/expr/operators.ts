import { RE2JS } from 're2js';
import { ExpressionError } from './limits';
import {
  ExpressionDuration,
  ExpressionTime,
  hasOwn,
  isEqual,
  isMap,
  mismatch,
  typeName,
} from './values';

/** Counts work; throws when the expression has used up its share. */
export type Step = (cost?: number) => void;

type Operator = (left: unknown, right: unknown, step: Step) => unknown;

/** `undefined` unless both are of one ordered type. */
function orderable(
  left: unknown,
  right: unknown,
): [number, number] | [string, string] | undefined {
  if (typeof left === 'number' && typeof right === 'number') {
    return [left, right];
  }
  if (typeof left === 'string' && typeof right === 'string') {
    return [left, right];
  }
  if (
    (left instanceof ExpressionTime && right instanceof ExpressionTime) ||
    (left instanceof ExpressionDuration && right instanceof ExpressionDuration)
  ) {
    return [left.milliseconds, right.milliseconds];
  }
  return undefined;
}

function comparison(
  name: string,
  compare: (left: number | string, right: number | string) => boolean,
): Operator {
  return (left, right) => {
    const pair = orderable(left, right);
    if (!pair) throw mismatch(name, left, right);
    return compare(pair[0], pair[1]);
  };
}

function arithmetic(
  name: string,
  compute: (left: number, right: number) => number,
): Operator {
  return (left, right) => {
    if (typeof left !== 'number' || typeof right !== 'number') {
      throw mismatch(name, left, right);
    }
    return compute(left, right);
  };
}

function text(
  name: string,
  test: (left: string, right: string) => boolean,
): Operator {
  return (left, right, step) => {
    if (typeof left !== 'string' || typeof right !== 'string') {
      throw mismatch(name, left, right);
    }
    step(1 + Math.ceil(left.length / 64));
    return test(left, right);
  };
}

const add: Operator = (left, right, step) => {
  if (typeof left === 'number' && typeof right === 'number') {
    return left + right;
  }
  if (typeof left === 'string' && typeof right === 'string') {
    step(left.length + right.length);
    return left + right;
  }
  if (right instanceof ExpressionDuration) {
    const Kind = left instanceof ExpressionTime ? ExpressionTime : undefined;
    if (Kind || left instanceof ExpressionDuration) {
      const at = (left as ExpressionTime).milliseconds + right.milliseconds;
      return Kind ? new Kind(at) : new ExpressionDuration(at);
    }
  }
  if (left instanceof ExpressionDuration && right instanceof ExpressionTime) {
    return new ExpressionTime(left.milliseconds + right.milliseconds);
  }
  throw mismatch('+', left, right);
};

const subtract: Operator = (left, right) => {
  if (typeof left === 'number' && typeof right === 'number') {
    return left - right;
  }
  if (left instanceof ExpressionTime && right instanceof ExpressionTime) {
    return new ExpressionDuration(left.milliseconds - right.milliseconds);
  }
  if (right instanceof ExpressionDuration) {
    if (left instanceof ExpressionTime) {
      return new ExpressionTime(left.milliseconds - right.milliseconds);
    }
    if (left instanceof ExpressionDuration) {
      return new ExpressionDuration(left.milliseconds - right.milliseconds);
    }
  }
  throw mismatch('-', left, right);
};

const modulo: Operator = (left, right) => {
  if (!Number.isInteger(left) || !Number.isInteger(right)) {
    throw mismatch('%', left, right);
  }
  if (right === 0) throw new ExpressionError('integer divide by zero');
  return (left as number) % (right as number);
};

const range: Operator = (left, right, step) => {
  if (!Number.isInteger(left) || !Number.isInteger(right)) {
    throw mismatch('..', left, right);
  }
  const [from, to] = [left as number, right as number];
  const length = Math.max(0, to - from + 1);
  step(length);
  return Array.from({ length }, (_, i) => from + i);
};

const isIn: Operator = (left, right, step) => {
  if ((right ?? null) === null) return false;
  if (Array.isArray(right)) {
    return right.some(element => isEqual(left, element, step));
  }
  if (isMap(right)) return typeof left === 'string' && hasOwn(right, left);
  throw new ExpressionError(`operator "in" not defined on ${typeName(right)}`);
};

/** Regular expressions are RE2's: their time is linear in the text. */
export function matches(value: string, pattern: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(value).find();
  } catch (error) {
    throw new ExpressionError(
      `invalid regular expression ${JSON.stringify(pattern)}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** All binary operators that look at both sides. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<
  string,
  Operator
>([
  ['==', (left, right, step) => isEqual(left, right, step)],
  ['!=', (left, right, step) => !isEqual(left, right, step)],
  ['<', comparison('<', (left, right) => left < right)],
  ['>', comparison('>', (left, right) => left > right)],
  ['<=', comparison('<=', (left, right) => left <= right)],
  ['>=', comparison('>=', (left, right) => left >= right)],
  ['+', add],
  ['-', subtract],
  ['*', arithmetic('*', (left, right) => left * right)],
  ['/', arithmetic('/', (left, right) => left / right)],
  ['%', modulo],
  ['**', arithmetic('**', (left, right) => left ** right)],
  ['^', arithmetic('^', (left, right) => left ** right)],
  ['..', range],
  ['in', isIn],
  ['contains', text('contains', (left, right) => left.includes(right))],
  ['startsWith', text('startsWith', (left, right) => left.startsWith(right))],
  ['endsWith', text('endsWith', (left, right) => left.endsWith(right))],
  ['matches', text('matches', matches)],
]);

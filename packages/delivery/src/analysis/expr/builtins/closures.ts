import { ExpressionError } from '../limits';
import { asArray, asBoolean, asNumber, type Closure } from './builtin';

/** A builtin that applies a closure to each element of an array. */
export type ClosureBuiltin = (
  elements: unknown[],
  closure: Closure | undefined,
  rest: unknown[],
) => unknown;

function need(name: string, closure: Closure | undefined): Closure {
  if (closure) return closure;
  throw new ExpressionError(`not enough arguments to call ${name}`);
}

const test = (name: string, closure: Closure | undefined): Closure => {
  const apply = need(name, closure);
  return (element, index) => asBoolean(name, apply(element, index));
};

function groups(
  name: string,
  elements: unknown[],
  closure: Closure | undefined,
): Record<string, unknown[]> {
  const key = need(name, closure);
  const result: Record<string, unknown[]> = Object.create(null);
  elements.forEach((element, i) => {
    const group = String(key(element, i));
    (result[group] ??= []).push(element);
  });
  return result;
}

function countIf(elements: unknown[], closure: Closure | undefined): number {
  if (!closure) return elements.filter(element => element === true).length;
  return elements.filter(test('count', closure)).length;
}

function indexOf(found: number): unknown {
  return found < 0 ? null : found;
}

const lastIndex = (elements: unknown[], matches: Closure): number => {
  for (let i = elements.length - 1; i >= 0; i--) {
    if (matches(elements[i], i)) return i;
  }
  return -1;
};

/** By name; the first argument is checked to be an array by the caller. */
export const CLOSURES: [string, ClosureBuiltin][] = [
  ['all', (elements, closure) => elements.every(test('all', closure))],
  ['any', (elements, closure) => elements.some(test('any', closure))],
  ['none', (elements, closure) => !elements.some(test('none', closure))],
  [
    'one',
    (elements, closure) => elements.filter(test('one', closure)).length === 1,
  ],
  ['filter', (elements, closure) => elements.filter(test('filter', closure))],
  [
    'map',
    (elements, closure) => elements.map((e, i) => need('map', closure)(e, i)),
  ],
  ['count', countIf],
  [
    'sum',
    (elements, closure) =>
      elements
        .map((e, i) => asNumber('sum', closure ? closure(e, i) : e))
        .reduce((a, b) => a + b, 0),
  ],
  ['find', (elements, closure) => elements.find(test('find', closure)) ?? null],
  [
    'findIndex',
    (elements, closure) =>
      indexOf(elements.findIndex(test('findIndex', closure))),
  ],
  [
    'findLast',
    (elements, closure) =>
      elements[lastIndex(elements, test('findLast', closure))] ?? null,
  ],
  [
    'findLastIndex',
    (elements, closure) =>
      indexOf(lastIndex(elements, test('findLastIndex', closure))),
  ],
  ['groupBy', (elements, closure) => groups('groupBy', elements, closure)],
  [
    'countBy',
    (elements, closure) => {
      const result: Record<string, number> = Object.create(null);
      for (const [key, group] of Object.entries(
        groups('countBy', elements, closure),
      )) {
        result[key] = group.length;
      }
      return result;
    },
  ],
  [
    'sortBy',
    (elements, closure, [order]) => {
      const key = need('sortBy', closure);
      const sorted = elements
        .map((element, i) => ({ element, key: key(element, i) }))
        .sort((a, b) =>
          typeof a.key === 'string' && typeof b.key === 'string'
            ? a.key.localeCompare(b.key)
            : asNumber('sortBy', a.key) - asNumber('sortBy', b.key),
        )
        .map(({ element }) => element);
      return order === 'desc' ? sorted.reverse() : sorted;
    },
  ],
  [
    'reduce',
    (elements, closure, rest) => {
      const apply = need('reduce', closure);
      const [first, ...others] = rest.length
        ? [rest[0], ...elements]
        : elements;
      const offset = rest.length ? 0 : 1;
      return others.reduce(
        (acc, element, i) => apply(element, i + offset, acc),
        first,
      );
    },
  ],
];

export { asArray as closureElements };

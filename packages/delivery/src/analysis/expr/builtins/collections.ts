import { utf8Length } from '../../../encoding/utf8';
import { ExpressionError } from '../limits';
import { isEqual, isMap, typeName } from '../values';
import { asArray, asNumber, asText, type Builtin } from './builtin';

function length(value: unknown): number {
  // In bytes, as the reference's language counts.
  if (typeof value === 'string') return utf8Length(value);
  if (Array.isArray(value)) return value.length;
  if (isMap(value)) return Object.keys(value).length;
  throw new ExpressionError(
    `invalid argument for len (type ${typeName(value)})`,
  );
}

const map = (name: string, value: unknown): Record<string, unknown> => {
  if (isMap(value)) return value;
  throw new ExpressionError(
    `invalid argument for ${name} (type ${typeName(value)})`,
  );
};

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'string' && typeof right === 'string') {
    if (left === right) return 0;
    return left < right ? -1 : 1;
  }
  return asNumber('sort', left) - asNumber('sort', right);
}

function flatten(values: unknown[], step: (cost?: number) => void): unknown[] {
  return values.flatMap(value => {
    step();
    return Array.isArray(value) ? flatten(value, step) : [value];
  });
}

/** Functions of arrays and maps that take no closure. */
export const COLLECTIONS: [string, Builtin][] = [
  ['len', ([value]) => length(value)],
  ['first', ([value]) => asArray('first', value)[0] ?? null],
  ['last', ([value]) => asArray('last', value).slice(-1)[0] ?? null],
  [
    'take',
    ([value, count]) =>
      asArray('take', value).slice(0, Math.max(0, asNumber('take', count))),
  ],
  ['keys', ([value]) => Object.keys(map('keys', value))],
  ['values', ([value]) => Object.values(map('values', value))],
  ['toPairs', ([value]) => Object.entries(map('toPairs', value))],
  [
    'fromPairs',
    ([value]) => {
      const result: Record<string, unknown> = Object.create(null);
      for (const pair of asArray('fromPairs', value)) {
        const [key, of] = asArray('fromPairs', pair);
        result[asText('fromPairs', key)] = of;
      }
      return result;
    },
  ],
  ['reverse', ([value]) => [...asArray('reverse', value)].reverse()],
  [
    'concat',
    (args, { step }) => {
      const all = args.flatMap(arg => asArray('concat', arg));
      step(all.length);
      return all;
    },
  ],
  ['flatten', ([value], { step }) => flatten(asArray('flatten', value), step)],
  [
    'uniq',
    ([value], { step }) => {
      const result: unknown[] = [];
      for (const element of asArray('uniq', value)) {
        if (!result.some(seen => isEqual(seen, element, step))) {
          result.push(element);
        }
      }
      return result;
    },
  ],
  [
    'sort',
    ([value, order], { step }) => {
      const sorted = [...asArray('sort', value)].sort((a, b) => {
        step();
        return compare(a, b);
      });
      return order === 'desc' ? sorted.reverse() : sorted;
    },
  ],
];

import { ExpressionError } from '../limits';
import { formatNumber, hasOwn, isMap, typeName } from '../values';
import { asNumber, asText, type Builtin } from './builtin';

const DECIMAL = /^[+-]?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?inf(inity)?$/i;

function parseFloatText(name: string, text: string): number {
  if (DECIMAL.test(text)) return Number(text.replace(/_/g, ''));
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(text)) return NaN;
  throw new ExpressionError(`${name}: ${JSON.stringify(text)} is not a number`);
}

const toFloat =
  (name: string): Builtin =>
  ([value]) =>
    typeof value === 'number'
      ? value
      : parseFloatText(name, asText(name, value));

const toInt =
  (name: string): Builtin =>
  ([value]) => {
    if (typeof value === 'number') {
      if (Number.isFinite(value)) return Math.trunc(value);
      throw new ExpressionError(
        `${name}: ${formatNumber(value)} is not an integer`,
      );
    }
    const text = asText(name, value);
    if (!/^[+-]?\d+$/.test(text)) {
      throw new ExpressionError(
        `${name}: ${JSON.stringify(text)} is not an integer`,
      );
    }
    return Number(text);
  };

function need(name: string, args: unknown[], count: number) {
  if (args.length >= count) return;
  throw new ExpressionError(`not enough arguments to call ${name}`);
}

const isNil: Builtin = args => {
  need('isNil', args, 1);
  return (args[0] ?? null) === null;
};

function show(value: unknown): string {
  if ((value ?? null) === null) return '<nil>';
  if (typeof value === 'number') return formatNumber(value);
  if (Array.isArray(value)) return `[${value.map(show).join(' ')}]`;
  if (isMap(value)) {
    return `map[${Object.keys(value)
      .sort()
      .map(key => `${key}:${show(value[key])}`)
      .join(' ')}]`;
  }
  return String(value);
}

/** `default(value, other)` is Argo Rollouts' own: `other` in place of nil. */
const useDefault: Builtin = args => {
  need('default', args, 2);
  return args[0] ?? args[1];
};

const get: Builtin = ([value, key, fallback]) => {
  if (Array.isArray(value) && typeof key === 'number') {
    return value[key < 0 ? value.length + key : key] ?? fallback ?? null;
  }
  if (isMap(value) && typeof key === 'string' && hasOwn(value, key)) {
    return value[key];
  }
  return fallback ?? null;
};

/** Conversions and tests of single values. */
export const CONVERSIONS: [string, Builtin][] = [
  ['asInt', toInt('asInt')],
  ['int', toInt('int')],
  ['asFloat', toFloat('asFloat')],
  ['float', toFloat('float')],
  ['string', ([value]) => show(value)],
  ['isNaN', ([value]) => Number.isNaN(asNumber('isNaN', value))],
  ['isInf', ([value]) => Math.abs(asNumber('isInf', value)) === Infinity],
  ['isNil', isNil],
  ['default', useDefault],
  ['get', get],
  [
    'type',
    ([value]) => {
      const name = typeName(value);
      if (name === '<nil>') return 'nil';
      if (name.startsWith('[]')) return 'array';
      if (name.startsWith('map')) return 'map';
      if (name !== 'float64') return name;
      return Number.isInteger(value) ? 'int' : 'float';
    },
  ],
];

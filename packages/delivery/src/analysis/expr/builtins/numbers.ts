import { ExpressionError } from '../limits';
import { asNumber, type Builtin } from './builtin';

function numbers(name: string, args: unknown[]): number[] {
  const flat = args.flatMap(arg => (Array.isArray(arg) ? arg : [arg]));
  return flat.map(value => asNumber(name, value));
}

function some(name: string, args: unknown[]): number[] {
  const all = numbers(name, args);
  if (!all.length) {
    throw new ExpressionError(`not enough arguments to call ${name}`);
  }
  return all;
}

const one =
  (name: string, compute: (value: number) => number): Builtin =>
  ([value]) =>
    compute(asNumber(name, value));

/** Away from zero on a tie, as Go rounds. */
function round(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

function median(values: number[]): number {
  if (!values.length) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Functions of numbers, and of arrays of numbers. */
export const NUMBERS: [string, Builtin][] = [
  ['abs', one('abs', Math.abs)],
  ['ceil', one('ceil', Math.ceil)],
  ['floor', one('floor', Math.floor)],
  ['round', one('round', round)],
  [
    'max',
    args => some('max', args).reduce((high, value) => Math.max(high, value)),
  ],
  [
    'min',
    args => some('min', args).reduce((low, value) => Math.min(low, value)),
  ],
  [
    'mean',
    args => {
      const all = numbers('mean', args);
      return all.length ? all.reduce((a, b) => a + b, 0) / all.length : 0;
    },
  ],
  ['median', args => median(numbers('median', args))],
];

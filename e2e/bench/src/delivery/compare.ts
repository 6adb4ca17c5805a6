import type { Measurement } from '../measurement';
import type { Contender } from './contender';
import { median } from './median';

/** One figure of both contenders, round by round. */
export type Figures = Record<Contender, number[]>;

export interface Comparison {
  what: string;
  unit: string;
  /** Ours over the reference's, at most; left out where there is no goal. */
  goal?: number;
  note?: string;
}

/**
 * The row of one figure: the median of the rounds' ratios, ours over the
 * reference's of the same round, and what the figures were.
 */
export function compare(
  { what, unit, goal, note }: Comparison,
  { ours, reference }: Figures,
): Measurement {
  const ratios = ours.map((value, index) => value / (reference[index] ?? NaN));
  const absolute = `ours ${rounded(median(ours))} ${unit}, reference ${rounded(median(reference))} ${unit}`;
  const spread =
    ratios.length > 1
      ? `, ratios ${rounded(Math.min(...ratios))} to ${rounded(Math.max(...ratios))} in ${ratios.length} rounds`
      : '';
  return {
    what,
    value: median(ratios),
    unit: 'of the reference',
    budget: goal,
    note: `${absolute}${spread}${note ? `; ${note}` : ''}`,
  };
}

export function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

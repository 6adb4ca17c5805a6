import { RangeSeries } from './value';

/**
 * What `rate`, `increase` and `delta` compute over a range, with Prometheus'
 * extrapolation: the samples' difference is stretched to the whole range if
 * they reach (within 1.1 average intervals) to its ends, or else by half an
 * interval; a counter is not stretched to below zero. Undefined for fewer
 * than two samples.
 */
export function extrapolated(
  { times, values }: RangeSeries,
  start: number,
  end: number,
  counter: boolean,
): number | undefined {
  if (times.length < 2) return undefined;
  const first = values[0]!;
  let difference = values.at(-1)! - first;
  if (counter) {
    for (let n = 1; n < values.length; n++) {
      if (values[n]! < values[n - 1]!) difference += values[n - 1]!;
    }
  }
  const sampled = times.at(-1)! - times[0]!;
  const interval = sampled / (times.length - 1);
  const near = interval * 1.1;
  let toStart = times[0]! - start;
  let toEnd = end - times.at(-1)!;
  if (toStart >= near) toStart = interval / 2;
  if (counter && difference > 0 && first >= 0) {
    toStart = Math.min(toStart, sampled * (first / difference));
  }
  if (toEnd >= near) toEnd = interval / 2;
  return difference * ((sampled + toStart + toEnd) / sampled);
}

/** The difference of the last two samples, and the milliseconds between them. */
export function lastDifference(
  { times, values }: RangeSeries,
  counter: boolean,
): { difference: number; elapsedMs: number } | undefined {
  if (times.length < 2) return undefined;
  const [before, last] = values.slice(-2) as [number, number];
  return {
    difference: counter && last < before ? last : last - before,
    elapsedMs: times.at(-1)! - times.at(-2)!,
  };
}

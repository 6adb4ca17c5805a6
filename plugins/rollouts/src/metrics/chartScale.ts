import type { MetricView } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A measurement as a point; fractions of the plot, y grows upwards. */
export interface ChartPoint {
  index: number;
  x: number;
  /** Undefined where nothing finite was measured: NaN, an error. */
  y?: number;
  phase: MetricView['measurements'][number]['phase'];
}

export interface ChartScale {
  points: ChartPoint[];
  /** Height of the threshold line. */
  threshold?: number;
  /** Round values at the bottom and the top of the plot. */
  low: number;
  high: number;
}

/**
 * Fits a metric's measurements and its threshold into one plot. A share of
 * one keeps within 0 and 1; a flat line lies in the middle.
 */
export function chartScale(
  metric: Pick<MetricView, 'measurements' | 'threshold' | 'unit'>,
): ChartScale {
  const numbers = metric.measurements.flatMap(({ number }) =>
    number === undefined ? [] : [number],
  );
  const shown =
    metric.threshold?.value === undefined
      ? numbers
      : [...numbers, metric.threshold.value];
  const least = shown.length > 0 ? Math.min(...shown) : 0;
  const most = shown.length > 0 ? Math.max(...shown) : 1;
  const margin = most > least ? (most - least) * 0.05 : Math.abs(most) || 1;
  const limit = (value: number) =>
    metric.unit === 'ratio' ? Math.min(1, Math.max(0, value)) : value;
  const { low, high } = roundRange(limit(least - margin), limit(most + margin));
  const height = (value: number) => (value - low) / (high - low);
  const last = Math.max(1, metric.measurements.length - 1);

  return {
    points: metric.measurements.map((measurement, index) => ({
      index,
      x: metric.measurements.length === 1 ? 0.5 : index / last,
      y:
        measurement.number === undefined
          ? undefined
          : height(measurement.number),
      phase: measurement.phase,
    })),
    threshold:
      metric.threshold?.value === undefined
        ? undefined
        : height(metric.threshold.value),
    low,
    high,
  };
}

/** The range in quarters or fewer of 1, 2 or 5 times a power of ten, rounded outwards. */
function roundRange(from: number, to: number): { low: number; high: number } {
  const quarter = Math.max((to - from) / 4, Number.EPSILON);
  const power = 10 ** Math.floor(Math.log10(quarter));
  const step =
    [1, 2, 5].map(factor => factor * power).find(size => size >= quarter) ??
    10 * power;
  // 0.1 + 0.2 is not 0.3; twelve digits are more than a chart can show.
  const tidy = (value: number) => Number(value.toPrecision(12));
  const low = Math.floor(tidy(from / step)) * step;
  const high = Math.ceil(tidy(to / step)) * step;
  return { low: tidy(low), high: tidy(high > low ? high : low + step) };
}

/** Runs of neighbouring points that have a value: a line does not bridge a gap. */
export function lineRuns(points: ChartPoint[]): ChartPoint[][] {
  const runs: ChartPoint[][] = [];
  let run: ChartPoint[] = [];
  for (const point of points) {
    if (point.y === undefined) {
      run = [];
    } else {
      if (run.length === 0) {
        runs.push(run);
      }
      run.push(point);
    }
  }
  return runs;
}

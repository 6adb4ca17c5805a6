import type {
  Release,
  ReleaseWeight,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Fractions of the plot; y grows upwards. */
export interface PlotPoint {
  x: number;
  y: number;
}

export interface WeightPlot {
  /** Milliseconds. */
  from: number;
  to: number;
  /** What was routed, as corners of a staircase. */
  routed: PlotPoint[];
  wanted: PlotPoint[];
  /** Stretches in which nobody watched. */
  gaps: { x: number; width: number }[];
  /** The largest share that was routed, of one. */
  most: number;
}

/**
 * The weights of a release over its time. Undefined when there are none, or
 * no time to lay them over.
 */
export function weightPlot(
  release: Pick<Release, 'weights' | 'gapsIn' | 'startedAt' | 'endedAt'>,
  now: number,
): WeightPlot | undefined {
  const { weights, gapsIn } = release;
  const [first] = weights;
  const last = weights.at(-1);
  if (!first || !last) {
    return undefined;
  }
  const from = Math.min(
    Date.parse(first.at),
    Date.parse(release.startedAt ?? first.at),
  );
  const end = release.endedAt ? Date.parse(release.endedAt) : now;
  // What follows the end, such as traffic that goes back, belongs to it.
  const to = Math.max(end, Date.parse(last.at));
  if (to <= from) {
    return undefined;
  }
  const x = (time: number) =>
    Math.min(1, Math.max(0, (time - from) / (to - from)));
  const stairs = (share: (weight: ReleaseWeight) => number): PlotPoint[] => {
    const corners: PlotPoint[] = [];
    for (const weight of weights) {
      const at = x(Date.parse(weight.at));
      const y = weight.max > 0 ? share(weight) / weight.max : 0;
      const before = corners.at(-1);
      if (before && before.y !== y) {
        corners.push({ x: at, y: before.y });
      }
      corners.push({ x: at, y });
    }
    return [...corners, { x: 1, y: corners.at(-1)?.y ?? 0 }];
  };
  const routed = stairs(({ actual }) => actual);
  return {
    from,
    to,
    routed,
    wanted: stairs(({ desired }) => desired),
    gaps: gapsIn.flatMap(gap => {
      const left = x(gap.from ? Date.parse(gap.from) : from);
      const width = x(Date.parse(gap.to)) - left;
      return width > 0 ? [{ x: left, width }] : [];
    }),
    most: Math.max(...routed.map(({ y }) => y)),
  };
}

/** One series with its samples in order of time. */
export interface Series {
  /** With `__name__`. */
  labels: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, ascending. */
  times: number[];
  values: number[];
}

/** Samples of all series, kept for a while. */
export class SampleStore {
  private readonly byName = new Map<string, Map<string, Series>>();

  /** @param retentionMs - how long samples are kept */
  constructor(private readonly retentionMs: number) {}

  append(
    name: string,
    labels: Readonly<Record<string, string>>,
    at: number,
    value: number,
  ): void {
    const series = this.seriesOf(name, labels);
    series.times.push(at);
    series.values.push(value);
    // Dropped a tenth at a time, so that most additions move nothing.
    if (series.times[0]! < at - 1.1 * this.retentionMs) {
      const first = lowerBound(series.times, at - this.retentionMs);
      series.times.splice(0, first);
      series.values.splice(0, first);
    }
  }

  /** Series of a metric, or of all of them. */
  *select(name: string | undefined): Iterable<Series> {
    if (name !== undefined) {
      yield* this.byName.get(name)?.values() ?? [];
      return;
    }
    for (const series of this.byName.values()) yield* series.values();
  }

  private seriesOf(
    name: string,
    labels: Readonly<Record<string, string>>,
  ): Series {
    const known = this.byName.get(name) ?? new Map<string, Series>();
    this.byName.set(name, known);
    const key = Object.values(labels).join('\n');
    const series = known.get(key) ?? {
      labels: { __name__: name, ...labels },
      times: [],
      values: [],
    };
    known.set(key, series);
    return series;
  }
}

/** The first index whose time is at or after `time`. */
export function lowerBound(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

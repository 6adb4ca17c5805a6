export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  labels: Labels;
  value: number;
}

/** Samples of one series in a range. */
export interface RangeSeries {
  labels: Labels;
  /** Milliseconds since the epoch. */
  times: number[];
  values: number[];
}

export interface RangeValue {
  type: 'matrix';
  series: RangeSeries[];
  /** The range, whose start is not part of it. Milliseconds since the epoch. */
  start: number;
  end: number;
}

export type Value =
  | { type: 'scalar'; value: number }
  | { type: 'string'; value: string }
  | { type: 'vector'; samples: Sample[] }
  | RangeValue;

export const scalar = (value: number): Value => ({ type: 'scalar', value });
export const vector = (samples: Sample[]): Value => ({
  type: 'vector',
  samples,
});

export function withoutName(labels: Labels): Labels {
  const { __name__: _, ...rest } = labels;
  return rest;
}

/** The same text for the same labels, whatever their order. */
export const signature = (labels: Labels): string =>
  JSON.stringify(
    Object.entries(labels)
      .filter(([, value]) => value !== '')
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );

export const only = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(
    names
      .filter(name => labels[name] !== undefined && labels[name] !== '')
      .map(name => [name, labels[name]!]),
  );

export const except = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(
    Object.entries(labels).filter(
      ([name]) => name !== '__name__' && !names.includes(name),
    ),
  );

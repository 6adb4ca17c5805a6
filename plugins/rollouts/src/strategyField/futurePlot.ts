import type {
  Timeline,
  TimelineSample,
} from '@progressive-delivery/delivery/preview';

/** A stretch of time, as fractions of the plot's width. */
export interface PlotSpan {
  from: number;
  to: number;
}

export interface FuturePlot {
  /** Corners of the share's staircase; fractions, y grows upwards. */
  share: { x: number; y: number }[];
  /** In which nothing moves; `open` ones wait for a person. */
  pauses: (PlotSpan & { open: boolean; text: string })[];
  analyses: (PlotSpan & {
    lane: number;
    role: string;
    phase: string;
    text: string;
  })[];
  /** Lanes that the analyses need, so that none covers another. */
  lanes: number;
  /** When somebody does something, or it ends. */
  marks: { x: number; kind: 'person' | 'end' | 'abort'; text: string }[];
  /** Round times that the axis names; milliseconds. */
  ticks: number[];
  /** Milliseconds at the right end. */
  length: number;
}

/** Room after the end, so that it can be seen that nothing follows. */
const AFTER = 1.04;

/** The future as a picture has to show it. */
export function futurePlot({
  samples,
  events,
  outcome,
}: Pick<Timeline, 'samples' | 'events' | 'outcome'>): FuturePlot {
  const last = Math.max(
    outcome.at,
    samples.at(-1)?.at ?? 0,
    ...events.map(({ at }) => at),
  );
  const length = Math.max(1_000, last * AFTER);
  const x = (at: number) => at / length;
  return {
    share: staircase(samples, x),
    pauses: pausesOf(events, x, length),
    ...analysesOf(events, x, length),
    marks: marksOf(events, x),
    ticks: ticksUntil(length),
    length,
  };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Distances that people count in. */
const STEPS = [1, 5, 10, 30]
  .map(seconds => seconds * SECOND)
  .concat([1, 2, 5, 10, 15, 30].map(minutes => minutes * MINUTE))
  .concat([1, 2, 4, 8, 24, 48, 168].map(hours => hours * HOUR));
const MOST_TICKS = 6;

function ticksUntil(length: number): number[] {
  const step =
    STEPS.find(each => length / each <= MOST_TICKS) ?? length / MOST_TICKS;
  return Array.from(
    { length: Math.floor(length / step) + 1 },
    (_, index) => index * step,
  );
}

const MARKS: Partial<
  Record<
    Timeline['events'][number]['kind'],
    FuturePlot['marks'][number]['kind']
  >
> = {
  person: 'person',
  promoted: 'end',
  aborted: 'abort',
  degraded: 'abort',
};

function marksOf(
  events: Timeline['events'],
  x: (at: number) => number,
): FuturePlot['marks'] {
  return events.flatMap(event => {
    const kind = MARKS[event.kind];
    return kind ? [{ x: x(event.at), kind, text: event.text }] : [];
  });
}

function staircase(samples: TimelineSample[], x: (at: number) => number) {
  const corners: { x: number; y: number }[] = [];
  for (const { at, share } of samples) {
    const before = corners.at(-1);
    if (before && before.y !== share / 100) {
      corners.push({ x: x(at), y: before.y });
    }
    corners.push({ x: x(at), y: share / 100 });
  }
  const end = corners.at(-1);
  if (end) corners.push({ x: 1, y: end.y });
  return corners;
}

function pausesOf(
  events: Timeline['events'],
  x: (at: number) => number,
  length: number,
): FuturePlot['pauses'] {
  return events.flatMap((event, index) => {
    if (event.kind !== 'paused') return [];
    const end = events
      .slice(index + 1)
      .find(({ kind }) => ['resumed', 'paused', 'aborted'].includes(kind));
    return [
      {
        from: x(event.at),
        to: x(end?.at ?? length),
        open: event.milliseconds === undefined,
        text: event.text,
      },
    ];
  });
}

function analysesOf(
  events: Timeline['events'],
  x: (at: number) => number,
  length: number,
): Pick<FuturePlot, 'analyses' | 'lanes'> {
  const ends: number[] = [];
  const analyses = events.flatMap((event, index) => {
    if (event.kind !== 'analysisBegan') return [];
    const end = events
      .slice(index + 1)
      .find(
        later => later.kind === 'analysisEnded' && later.name === event.name,
      );
    const to = end?.at ?? length;
    const free = ends.findIndex(taken => taken <= event.at);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = to;
    return [
      {
        from: x(event.at),
        to: x(to),
        lane,
        role: event.role,
        phase: end?.kind === 'analysisEnded' ? end.phase : 'Running',
        text: end?.text ?? event.text,
      },
    ];
  });
  return { analyses, lanes: ends.length };
}

/** What holds at a moment: the last sample that is not after it. */
export function sampleAt(
  samples: TimelineSample[],
  at: number,
): TimelineSample | undefined {
  return samples.findLast(sample => sample.at <= at) ?? samples[0];
}

/**
 * How many have met the new version until a moment: its share of the traffic
 * summed over time, as milliseconds of all the traffic. Who meets it after it
 * is stable does not count.
 */
export function exposedUntil(
  samples: TimelineSample[],
  at: number,
  end: number,
): number {
  return samples.reduce((sum, { at: from, share }, index) => {
    const to = Math.min(samples[index + 1]?.at ?? at, at, end);
    return to > from ? sum + ((to - from) * share) / 100 : sum;
  }, 0);
}

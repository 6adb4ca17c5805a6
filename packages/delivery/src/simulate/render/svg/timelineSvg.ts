import {
  counted,
  durationText,
  percent,
  sentence,
} from '../../../explain/words';
import { clockText } from '../../timeline/clockText';
import type {
  RevisionSample,
  Timeline,
  TimelineEvent,
  TimelineSample,
} from '../../timeline/timeline';
import { outcomeSentence, titleOf } from '../titles';
import { axis, legend, marks, plateaus } from './decorations';
import { element, escapeXml, fitted, hint, label } from './element';
import { areaBelow, grid, stairs, type Panel } from './panel';
import { analysesOf, pausesOf, stepSpansOf, type Span } from './spans';
import { STYLE } from './style';
import { timeScale, type TimeScale } from './timeScale';

const WIDTH = 960;
const LEFT = 64;
const RIGHT = WIDTH - 24;
const TOP = 74;
const SHARE_HEIGHT = 150;
const PODS_HEIGHT = 84;
const ROW = 22;
const GAP = 14;

const OUTCOME_CLASSES: Record<Timeline['outcome']['kind'], string> = {
  promoted: 'good',
  aborted: 'bad',
  waiting: 'level',
  stuck: 'bad',
};

/** When the last thing happens, and a little of what stays. */
function endOf({ samples, events }: Timeline): number {
  const last = Math.max(samples.at(-1)?.at ?? 0, events.at(-1)?.at ?? 0);
  return last + Math.max(1_000, last * 0.06);
}

function timesOf({ samples, events }: Timeline, end: number): number[] {
  const times = [
    0,
    ...samples.map(each => each.at),
    ...events.map(each => each.at),
    end,
  ];
  return [...new Set(times)].sort((a, b) => a - b);
}

const sumOf = (
  { revisions }: TimelineSample,
  roles: RevisionSample['role'][],
) =>
  revisions
    .filter(each => roles.includes(each.role))
    .reduce((sum, each) => sum + each.available, 0);

function bar(
  span: Span,
  scale: TimeScale,
  y: number,
  className: string,
  text: string,
  short: string = '',
): string {
  const x = scale.x(span.from);
  const width = Math.max(2, scale.x(span.until) - x - 1);
  return element(
    'g',
    {},
    hint(`${span.text} (${clockText(span.from)} to ${clockText(span.until)})`),
    element('rect', { class: className, x, y, width, height: ROW - 6, rx: 3 }),
    label(x + 5, y + 12, fitted(text, width - 8) || fitted(short, width - 4), {
      class: 'bar',
    }),
  );
}

/** What the picture shows of an event, in the order of a moment. */
const TOLD: readonly TimelineEvent['kind'][] = [
  'person',
  'analysisEnded',
  'aborted',
  'degraded',
  'weight',
  'paused',
  'promoted',
];

/** What the picture shows, for those who do not see it. */
function milestones({ events }: Timeline): string {
  return events
    .filter(({ kind }) => TOLD.includes(kind))
    .sort((a, b) => a.at - b.at || TOLD.indexOf(a.kind) - TOLD.indexOf(b.kind))
    .map(each => `${clockText(each.at)} ${each.text}`)
    .join('; ');
}

/** Spans in as few rows as they need without touching each other. */
function rowsOf(spans: Span[]): Span[][] {
  const rows: Span[][] = [];
  for (const span of spans) {
    const free = rows.find(row => (row.at(-1)?.until ?? 0) <= span.from);
    if (free) free.push(span);
    else rows.push([span]);
  }
  return rows;
}

/**
 * A picture of a timeline: the new version's share of the requests as an area,
 * pauses shaded, steps and analyses as bars, pods as lines. One SVG document
 * without scripts and without anything to fetch, light or dark as the reader
 * prefers.
 */
export function timelineSvg(timeline: Timeline): string {
  const end = endOf(timeline);
  const times = timesOf(timeline, end);
  const scale = timeScale(times, LEFT, RIGHT - LEFT);
  const { samples, rollout } = timeline;
  const steps = stepSpansOf(timeline, end);
  const pauses = pausesOf(timeline, end);
  const analyses = rowsOf(analysesOf(timeline, end));
  const shares: Panel = {
    left: LEFT,
    right: RIGHT,
    top: TOP,
    bottom: TOP + SHARE_HEIGHT,
    max: 100,
  };
  const stepsTop = shares.bottom + (steps.length ? GAP : 0);
  const stepsBottom = stepsTop + (steps.length ? ROW : 0);
  const analysesTop =
    stepsBottom + (analyses.length ? (steps.length && 4) || GAP : 0);
  const podsTop = analysesTop + analyses.length * ROW + GAP + 4;
  const most = Math.max(
    1,
    ...samples.map(each =>
      Math.max(
        sumOf(each, ['stable', 'other']),
        sumOf(each, ['new']),
        sumOf(each, ['experiment']),
      ),
    ),
  );
  const pods: Panel = {
    left: LEFT,
    right: RIGHT,
    top: podsTop,
    bottom: podsTop + PODS_HEIGHT,
    max: most,
  };
  const height = pods.bottom + 62;
  const points = (value: (sample: TimelineSample) => number) =>
    samples.map(each => ({ x: scale.x(each.at), value: value(each) }));
  const hasExperiments = samples.some(each => sumOf(each, ['experiment']) > 0);
  const line = (className: string, roles: RevisionSample['role'][]) =>
    element('path', {
      class: className,
      d: stairs(
        pods,
        points(sample => sumOf(sample, roles)),
        RIGHT,
      ),
    });
  const { kind } = timeline.outcome;
  const description = `${outcomeSentence(timeline)} ${milestones(timeline)}.`;
  const shareLine = points(each => each.share);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" class="frame" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title description">`,
    element('title', { id: 'title' }, escapeXml(titleOf(timeline))),
    element('desc', { id: 'description' }, escapeXml(description)),
    element('style', {}, STYLE),
    element('rect', { class: 'back', width: WIDTH, height, rx: 8 }),
    label(24, 30, `${rollout.namespace}/${rollout.name}`, { class: 'heading' }),
    label(24, 50, sentence(titleOf(timeline).split(': ').slice(1).join(': ')), {
      class: 'faint',
    }),
    label(RIGHT, 30, fitted(outcomeSentence(timeline), 560), {
      class: OUTCOME_CLASSES[kind],
      'text-anchor': 'end',
    }),
    label(
      RIGHT,
      50,
      `${durationText(timeline.exposed)} of all traffic met the new version before`,
      { class: 'faint', 'text-anchor': 'end' },
    ),
    ...pauses.map(span =>
      element(
        'rect',
        {
          class: 'pause',
          x: scale.x(span.from),
          y: shares.top,
          width: Math.max(1, scale.x(span.until) - scale.x(span.from)),
          height: pods.bottom - shares.top,
        },
        hint(span.text),
      ),
    ),
    grid(shares, [0, 50, 100], percent),
    element('path', { class: 'share', d: areaBelow(shares, shareLine, RIGHT) }),
    element('path', { class: 'edge', d: stairs(shares, shareLine, RIGHT) }),
    plateaus(shares, shareLine),
    ...(steps.length
      ? [
          label(LEFT - 8, stepsTop + 12, 'steps', {
            class: 'faint',
            'text-anchor': 'end',
          }),
          ...steps.map(span =>
            bar(
              span,
              scale,
              stepsTop,
              'step',
              span.text,
              span.text.split(' ')[0],
            ),
          ),
        ]
      : []),
    ...(analyses.length
      ? [
          label(LEFT - 8, analysesTop + 12, 'analysis', {
            class: 'faint',
            'text-anchor': 'end',
          }),
        ]
      : []),
    ...analyses.flatMap((row, i) =>
      row.map(span =>
        bar(
          span,
          scale,
          analysesTop + i * ROW,
          `analysis ${span.phase}`,
          span.text,
        ),
      ),
    ),
    grid(pods, most > 1 ? [0, most] : [0, 1], value => counted(value, 'pod')),
    line('old', ['stable', 'other']),
    line('new', ['new']),
    ...(hasExperiments ? [line('other', ['experiment'])] : []),
    marks(timeline, scale, shares.top, pods.bottom),
    axis(times.slice(0, -1), scale, pods.bottom),
    legend(
      [
        {
          className: 'key-new',
          text: 'new version: share of the requests, available pods',
        },
        { className: 'key-old', text: 'old version: available pods' },
        ...(hasExperiments
          ? [{ className: 'key-other', text: 'experiment' }]
          : []),
        ...(pauses.length ? [{ className: 'key-pause', text: 'paused' }] : []),
      ],
      LEFT,
      height - 14,
    ),
    ...(scale.isCompressed
      ? [
          label(RIGHT, height - 14, 'long intervals are drawn shorter', {
            class: 'faint',
            'text-anchor': 'end',
          }),
        ]
      : []),
    '</svg>',
  ].join('\n')}\n`;
}

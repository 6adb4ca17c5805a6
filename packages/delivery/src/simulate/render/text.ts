import { counted, durationText, percent } from '../../explain/words';
import { clockText } from '../timeline/clockText';
import type {
  RevisionSample,
  Timeline,
  TimelineEvent,
  TimelineSample,
} from '../timeline/timeline';
import { table } from './table';
import { outcomeSentence, titleOf } from './titles';

function podsText(
  { revisions }: TimelineSample,
  roles: RevisionSample['role'][],
): string {
  const some = revisions.filter(each => roles.includes(each.role));
  const sum = (of: 'available' | 'wanted') =>
    some.reduce((total, each) => total + each[of], 0);
  return some.length ? `${sum('available')}/${sum('wanted')}` : '-';
}

/** What changed where nothing else happened: pods. */
function availabilityText(samples: TimelineSample[], at: number): string {
  const index = samples.findIndex(each => each.at === at);
  const changed = (samples[index]?.revisions ?? []).filter(each => {
    const before = samples[index - 1]?.revisions.find(
      one => one.revision === each.revision && one.role === each.role,
    );
    return before?.available !== each.available;
  });
  return changed
    .map(({ revision, available, wanted }) => {
      const pods = counted(wanted, 'pod');
      return `revision ${revision}: ${available} of ${pods} available`;
    })
    .join('; ');
}

const isStepEnd = ({ kind }: TimelineEvent) => kind === 'stepEnded';

/** One line per thing that happens, with the state after it at its last. */
function eventLines({ events, samples }: Timeline): string[] {
  const hasExperiments = samples.some(sample =>
    sample.revisions.some(each => each.role === 'experiment'),
  );
  const times = [...new Set([...samples, ...events].map(each => each.at))].sort(
    (a, b) => a - b,
  );
  const rows = times.flatMap(at => {
    const sample = samples.findLast(each => each.at <= at);
    const state = sample
      ? [
          percent(sample.share),
          podsText(sample, ['stable', 'other']),
          podsText(sample, ['new']),
          ...(hasExperiments ? [podsText(sample, ['experiment'])] : []),
        ]
      : [];
    const here = events.filter(each => each.at === at);
    const texts = here
      // The end of a step that is a pause says it.
      .filter(each => each.kind !== 'resumed' || !here.some(isStepEnd))
      .map(each => each.text);
    const said = texts.length ? texts : [availabilityText(samples, at)];
    return said.map((text, i) =>
      i === 0
        ? [clockText(at), ...state, text]
        : ['', ...state.map(() => ''), text],
    );
  });
  const head = [
    'time',
    'new',
    'old pods',
    'new pods',
    ...(hasExperiments ? ['experiment'] : []),
    'what happens',
  ];
  return table(
    [head, ...rows],
    head.map((_, i) => i < head.length - 1),
  );
}

function outcomeLines(timeline: Timeline): string[] {
  const { phase, message } = timeline.outcome;
  return [
    outcomeSentence(timeline),
    `Its phase is then ${phase}${message ? `: ${message.replace(/\.$/, '')}` : ''}.`,
    `Up to then the new version answered as many requests as all users send in ${durationText(timeline.exposed)}.`,
  ];
}

function abortLines({ aborts }: Timeline): string[] {
  if (!aborts.length) return [];
  const rows = aborts.map(each => [
    each.stage,
    clockText(each.at),
    percent(each.share),
    durationText(each.exposed),
    each.backAfter === 0 ? 'at once' : durationText(each.backAfter),
    String(each.podsToStart),
    String(each.podsToStop),
    each.goneAfter === undefined ? 'they stay' : durationText(each.goneAfter),
  ]);
  const head = [
    'aborted at the end of',
    'time',
    'new',
    'exposed',
    'all on old',
    'start',
    'stop',
    'new gone',
  ];
  return [
    '',
    'If it were aborted:',
    ...table(
      [head, ...rows],
      head.map((_, i) => i > 0),
    ).map(line => `  ${line}`),
    '  exposed: the new version has then answered as many requests as all users',
    '  send in this time. all on old, new gone: how long after the abort.',
    '  start, stop: pods of the old version to start, of the new one to stop.',
  ];
}

/** A timeline for people to read. Ends with a line break. */
export function timelineText(timeline: Timeline): string {
  return `${[
    titleOf(timeline),
    '',
    'Assumed:',
    ...timeline.assumptions.map(each => `  - ${each}`),
    '',
    ...eventLines(timeline),
    '',
    ...outcomeLines(timeline),
    ...abortLines(timeline),
  ].join('\n')}\n`;
}

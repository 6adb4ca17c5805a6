import type { HistoryFact } from '../facts/HistoryFact';
import type { Observation } from '../observe/Observation';
import { NOTHING_KNOWN, type StreamState } from './StreamState';
import { transitions } from './transitions';

const START = Date.UTC(2026, 10, 1);

/** Green at 20 %, over blue, at the first step. */
function seen(change: Partial<Observation> = {}): Observation {
  return {
    at: START,
    cluster: 'local',
    namespace: 'demo',
    name: 'colors',
    uid: 'u1',
    entityRefs: ['component:default/colors'],
    gone: false,
    strategy: 'canary',
    podHash: 'green',
    stableHash: 'blue',
    revision: 2,
    images: [{ container: 'app', from: 'colors:blue', to: 'colors:green' }],
    steps: [
      { kind: 'setWeight', label: '20 %' },
      { kind: 'pause', label: 'pause 10 s', plannedSeconds: 10 },
      { kind: 'setWeight', label: '50 %' },
    ],
    stepsHash: 'steps',
    stepIndex: 0,
    weights: { desired: 20, actual: 20, max: 100, routed: true },
    aborted: false,
    pauses: [],
    runs: [],
    ...change,
  };
}

/** What is recorded as the looks come one after the other, a second apart. */
function record(...looks: Partial<Observation>[]) {
  let state: StreamState = NOTHING_KNOWN;
  const facts: HistoryFact[] = [];
  looks.forEach((look, index) => {
    const transition = transitions(
      state,
      seen({ at: START + index * 1_000, ...look }),
    );
    facts.push(...transition.facts);
    state = transition.state;
  });
  return { facts, state };
}

/** In short, without the weights: "release-ended completed". */
function told(facts: HistoryFact[]): string[] {
  return facts
    .filter(({ kind }) => kind !== 'weight')
    .map(fact => {
      switch (fact.kind) {
        case 'step':
          return `step ${fact.data.index}${fact.data.observed ? '' : ' unobserved'}`;
        case 'release-ended':
          return `ended ${fact.data.outcome}`;
        case 'release-started':
          return `started ${fact.data.podHash} attempt ${fact.data.attempt}`;
        case 'gap':
          return `gap ${fact.data.cause}`;
        default:
          return fact.kind;
      }
    });
}

const done = { stableHash: 'green', stepIndex: 3 };

it('follows a release through its steps and its pause', () => {
  const pause = { reason: 'CanaryPauseStep', startedAt: START + 1_000 };
  const { facts } = record(
    {},
    { stepIndex: 1, pauses: [pause] },
    { stepIndex: 1, pauses: [pause] },
    { at: START + 11_000, stepIndex: 2 },
    { at: START + 12_000, ...done },
    { at: START + 13_000, ...done },
  );
  expect(told(facts)).toEqual([
    'started green attempt 1',
    'step 0',
    'step 1',
    'pause-started',
    'step 2',
    'pause-ended',
    'step 3',
    'ended completed',
  ]);
  expect(facts.find(({ kind }) => kind === 'pause-ended')?.data).toMatchObject({
    byTime: true,
  });
});

it('tells an abort by its own time, and when stable had everybody again', () => {
  const aborted = {
    aborted: true,
    abortedAt: START + 500,
    cause: 'analysis' as const,
    reason: 'Metric "success-rate" assessed Failed',
  };
  const over = {
    ...aborted,
    stepIndex: 0,
    weights: { desired: 0, actual: 0, max: 100, routed: true },
  };
  const { facts } = record(
    { stepIndex: 1 },
    { ...aborted, stepIndex: 0 },
    over,
    over,
  );
  expect(told(facts).slice(-2)).toEqual(['ended aborted', 'restored']);
  expect(facts.find(({ kind }) => kind === 'release-ended')).toMatchObject({
    at: START + 500,
    data: { cause: 'analysis', observed: true },
  });
});

it('counts a retry as another attempt', () => {
  const { facts } = record(
    {},
    { aborted: true },
    { aborted: true },
    { aborted: false },
  );
  expect(told(facts)).toEqual([
    'started green attempt 1',
    'step 0',
    'ended aborted',
    'started green attempt 2',
    'step 0',
  ]);
});

it('ends a release that another one replaces', () => {
  const { facts } = record({}, { podHash: 'red' });
  expect(told(facts)).toEqual([
    'started green attempt 1',
    'step 0',
    'ended superseded',
    'started red attempt 1',
    'step 0',
  ]);
});

it('does not call it a release when the manifest goes back to stable', () => {
  const { facts, state } = record(
    { aborted: true },
    { podHash: 'blue', stableHash: 'blue' },
    { podHash: 'blue', stableHash: 'blue' },
    { podHash: 'red' },
  );
  expect(told(facts)).toEqual([
    'started green attempt 1',
    'ended aborted',
    'note',
    'started red attempt 1',
    'step 0',
  ]);
  expect(state.releases).toBe(2);
});

it('knows a rollback, and when it was complete', () => {
  const { facts } = record(
    { podHash: 'blue', stableHash: '', revision: 1 },
    { podHash: 'blue', stableHash: 'blue', revision: 1, stepIndex: 3 },
    {},
    done,
    { podHash: 'blue', stableHash: 'green', revision: 3, stepIndex: 0 },
    { podHash: 'blue', stableHash: 'blue', revision: 3, stepIndex: 3 },
  );
  const started = facts.filter(({ kind }) => kind === 'release-started');
  expect(started.at(-1)?.data).toMatchObject({ rollbackTo: 1 });
  const [taken] = facts.filter(({ kind }) => kind === 'rolled-back');
  expect(taken).toMatchObject({
    releaseId: started[1]?.releaseId,
    data: { by: started[2]?.releaseId },
  });
  expect(facts.find(({ kind }) => kind === 'restored')).toMatchObject({
    releaseId: started[1]?.releaseId,
    at: START + 5_000,
    data: {},
  });
});

it('takes nothing for restored by a rollback that was aborted itself', () => {
  const back = { podHash: 'blue', stableHash: 'green', revision: 3 };
  const { facts } = record(
    { podHash: 'blue', stableHash: 'blue', revision: 1, stepIndex: 3 },
    {},
    done,
    back,
    { ...back, aborted: true },
  );
  expect(told(facts)).toContain('rolled-back');
  expect(told(facts).at(-1)).toBe('ended aborted');
});

describe('after nobody watched', () => {
  const gap = {
    from: new Date(START).toISOString(),
    to: new Date(START + 60_000).toISOString(),
    cause: 'portal-down' as const,
  };

  it('says what was not observed, and makes nothing up', () => {
    const { facts } = record({}, { stepIndex: 2, gap });
    expect(told(facts)).toEqual([
      'started green attempt 1',
      'step 0',
      'step 2 unobserved',
      'gap portal-down',
    ]);
  });

  it('tells no gap in which nothing happened', () => {
    const { facts } = record({}, { gap });
    expect(told(facts)).toEqual(['started green attempt 1', 'step 0']);
  });

  it.each([
    ['its own time', START + 500, true],
    ['none', undefined, false],
  ])('has seen an abort that has %s', (_, abortedAt, observed) => {
    const { facts } = record({}, { aborted: true, abortedAt, gap });
    expect(
      facts.find(({ kind }) => kind === 'release-ended')?.data,
    ).toMatchObject({ outcome: 'aborted', observed });
  });

  it('does not know when stable had everybody again', () => {
    const weights = { desired: 0, actual: 0, max: 100, routed: true };
    const { facts } = record(
      {},
      { aborted: true },
      { aborted: true, weights, gap },
    );
    expect(facts.find(({ kind }) => kind === 'restored')?.data).toEqual({
      observed: false,
    });
  });

  it.each([
    ['begin', { gap }, {}],
    ['end', {}, { gap }],
  ])(
    'does not know how long a rollback took of which it saw no %s',
    (_, begin, end) => {
      const back = { podHash: 'blue', revision: 3 };
      const { facts } = record(
        { podHash: 'blue', stableHash: 'blue', revision: 1, stepIndex: 3 },
        {},
        done,
        { ...back, stableHash: 'green', stepIndex: 0, ...begin },
        { ...back, stableHash: 'blue', stepIndex: 3, ...end },
      );
      expect(facts.find(({ kind }) => kind === 'restored')?.data).toEqual({
        observed: false,
      });
    },
  );

  it('takes a rollout that it has never seen for what it is', () => {
    const first = { ...gap, from: undefined, cause: 'first-seen' as const };
    const { facts } = record(
      { podHash: 'blue', stableHash: 'blue', gap: first },
      { podHash: 'blue', stableHash: 'blue' },
    );
    expect(told(facts)).toEqual([
      'started blue attempt 1',
      'gap first-seen',
      'ended unobserved',
    ]);
  });

  it('finds out that the release was completed and another one began', () => {
    const { facts } = record({}, { podHash: 'red', stableHash: 'green', gap });
    expect(told(facts)).toEqual([
      'started green attempt 1',
      'step 0',
      'gap portal-down',
      'ended completed',
      'started red attempt 1',
      'gap portal-down',
      'step 0',
    ]);
    expect(
      facts.find(({ kind }) => kind === 'release-ended')?.data,
    ).toMatchObject({ observed: false });
  });
});

it('ignores what is older than what is on record', () => {
  const { facts } = record(
    { resourceVersion: '9', aborted: true },
    { resourceVersion: '10', aborted: false },
    { resourceVersion: '9', aborted: true },
  );
  expect(told(facts)).toEqual([
    'started green attempt 1',
    'ended aborted',
    'started green attempt 2',
    'step 0',
  ]);
});

it('says nothing before a controller has looked', () => {
  expect(record({ podHash: '' }).facts).toEqual([]);
});

it('ends what goes on when the object is deleted', () => {
  const { facts } = record({}, { gone: true });
  expect(told(facts).at(-1)).toBe('ended deleted');
  expect(record({}, done, { gone: true }).facts.at(-1)).not.toMatchObject({
    data: { outcome: 'deleted' },
  });
});

it('starts the steps again when they are changed', () => {
  const { facts } = record(
    { stepIndex: 2 },
    { stepIndex: 0, stepsHash: 'other' },
    { stepIndex: 1, stepsHash: 'other' },
  );
  expect(told(facts)).toEqual([
    'started green attempt 1',
    'step 2',
    'note',
    'step 0',
    'step 1',
  ]);
  const keys = facts.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

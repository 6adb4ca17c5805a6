import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FactData, FactKind, HistoryEntry } from '../facts/HistoryFact';
import { foldRelease } from './foldRelease';

const START = Date.UTC(2026, 10, 1);
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

const summary: ReleaseSummary = {
  id: 'r',
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  entityRefs: [],
  podHash: 'green',
  attempt: 1,
  strategy: 'canary',
  images: [],
  outcome: 'in-progress',
  people: [],
  emergency: false,
  gaps: false,
};

function entry<K extends FactKind>(
  kind: K,
  seconds: number,
  data: FactData[K],
): HistoryEntry {
  return {
    stream: 'local/u1',
    seq: seconds + 1,
    releaseId: 'r',
    kind,
    key: `${kind}/${seconds}`,
    at: START + seconds * 1_000,
    recordedAt: START,
    previousHash: '',
    hash: `hash ${seconds}`,
    data,
  } as HistoryEntry;
}

const begun = entry('release-started', 0, {
  cluster: 'local',
  namespace: 'demo',
  name: 'colors',
  uid: 'u1',
  entityRefs: [],
  podHash: 'green',
  attempt: 1,
  strategy: 'canary',
  images: [],
  steps: [
    { kind: 'setWeight', label: '20 %' },
    { kind: 'pause', label: 'pause' },
    { kind: 'setWeight', label: '50 %' },
    { kind: 'pause', label: 'pause' },
  ],
  observed: true,
});
const step = (seconds: number, index: number, observed = true) =>
  entry('step', seconds, { index, observed });
const paused = entry('pause-started', 2, {
  reason: 'CanaryPauseStep',
  stepIndex: 1,
});
const acted = (
  seconds: number,
  action: FactData['action']['action'],
  outcome: FactData['action']['outcome'] = 'applied',
) =>
  entry('action', seconds, {
    id: `${action} ${seconds}`,
    action,
    at: at(seconds),
    by: 'user:default/ada',
    outcome,
  });
const resumed = (seconds: number) =>
  entry('pause-ended', seconds, {
    reason: 'CanaryPauseStep',
    startedAt: START + 2_000,
    byTime: false,
  });

it('gives every step its begin and end', () => {
  const { steps } = foldRelease(
    summary,
    [begun, step(0, 0), step(2, 1), step(30, 2)],
    undefined,
  );
  expect(
    steps.map(({ state, durationSeconds }) => [state, durationSeconds]),
  ).toEqual([
    ['done', 2],
    ['done', 28],
    ['current', undefined],
    ['next', undefined],
  ]);
  expect(steps[1]).toMatchObject({ startedAt: at(2), endedAt: at(30) });
});

it('tells steps that were skipped from those that nobody saw', () => {
  const skipped = foldRelease(
    { ...summary, outcome: 'completed', endedAt: at(9) },
    [begun, step(0, 0), step(9, 4)],
    undefined,
  );
  expect(skipped.steps.map(({ state }) => state)).toEqual([
    'done',
    'skipped',
    'done',
    'skipped',
  ]);
  const unseen = foldRelease(
    { ...summary, outcome: 'completed', endedAt: at(9) },
    [begun, step(0, 0), step(9, 4, false)],
    undefined,
  );
  expect(
    unseen.steps.map(({ state, unobserved, endedAt }) => [
      state,
      unobserved,
      endedAt,
    ]),
  ).toEqual(Array(4).fill(['done', true, undefined]));
});

it('tells of the steps since they last began anew', () => {
  const { steps } = foldRelease(
    summary,
    [begun, step(0, 0), step(2, 1), step(10, 2), step(20, 0), step(22, 1)],
    undefined,
  );
  expect(steps.map(({ state, startedAt }) => [state, startedAt])).toEqual([
    ['done', at(20)],
    ['current', at(22)],
    ['next', undefined],
    ['next', undefined],
  ]);
});

it('leaves what began another release to that one', () => {
  const { actions } = foldRelease(
    { ...summary, outcome: 'aborted', endedAt: at(20) },
    [begun, acted(10, 'promote'), acted(19, 'abort'), acted(30, 'undo')],
    undefined,
  );
  expect(actions.map(({ action }) => action)).toEqual(['promote', 'abort']);
});

it('says at which step an abort stopped it', () => {
  const { steps } = foldRelease(
    { ...summary, outcome: 'aborted', endedAt: at(20) },
    [begun, step(0, 0), step(2, 1)],
    undefined,
  );
  expect(steps.map(({ state }) => state)).toEqual([
    'done',
    'failed',
    'skipped',
    'skipped',
  ]);
  expect(steps[1]?.endedAt).toBe(at(20));
});

describe('who ended a pause', () => {
  const endedBy = (
    entries: HistoryEntry[],
    change: Partial<ReleaseSummary> = {},
  ) =>
    foldRelease({ ...summary, ...change }, [begun, paused, ...entries], '')
      .pauses[0]?.endedBy;

  it('is the person whose action came just before', () => {
    expect(endedBy([acted(9, 'promote'), resumed(10)])).toEqual({
      kind: 'person',
      by: 'user:default/ada',
      action: 'promote',
    });
  });

  it.each<[string, HistoryEntry, number?]>([
    ['was refused', acted(9, 'promote', 'refused')],
    ['came after', acted(15, 'promote')],
    ['does something else', acted(9, 'restart')],
    ['came long before', acted(2, 'promote'), 33],
  ])('is somebody outside when the action %s', (_, action, end = 10) => {
    expect(endedBy([action, resumed(end)])).toEqual({ kind: 'outside' });
  });

  it('is the end of the release when there was nothing else', () => {
    expect(endedBy([], { outcome: 'superseded', endedAt: at(20) })).toEqual({
      kind: 'release-end',
    });
    expect(endedBy([])).toBeUndefined();
  });
});

const asked = (emergency: boolean) =>
  entry('request', 3, {
    id: 'q',
    action: 'promote',
    requestedBy: 'user:default/bob',
    requestedAt: at(3),
    policies: ['two-eyes'],
    emergency,
    snapshot: [],
  });

it('says who passed a request in an emergency, and why', () => {
  const passed = entry('emergency', 4, {
    requestId: 'q',
    by: 'user:default/ada',
    reason: 'the shop is down',
  });
  const end = entry('request-ended', 5, { requestId: 'q', state: 'voided' });
  const requestsOf = (emergency: boolean) =>
    foldRelease(summary, [begun, asked(emergency), passed, end], undefined)
      .requests;
  expect(requestsOf(false)).toMatchObject([
    {
      requestedBy: 'user:default/bob',
      state: 'voided',
      emergency: true,
      passed: { by: 'user:default/ada', at: at(4), reason: 'the shop is down' },
    },
  ]);
  // Nobody had asked: who acted stands for who asked.
  expect(requestsOf(true)[0]?.passed).toBeUndefined();
});

it('puts requests, votes and their end together', () => {
  const request = asked(false);
  const vote = entry('vote', 4, {
    requestId: 'q',
    vote: { by: 'user:default/ada', at: at(4), vote: 'approve' },
  });
  const other = entry('vote', 5, {
    requestId: 'other',
    vote: { by: 'user:default/eve', at: at(5), vote: 'approve' },
  });
  const end = entry('request-ended', 6, { requestId: 'q', state: 'executed' });
  expect(
    foldRelease(summary, [begun, request, vote, other, end], undefined)
      .requests,
  ).toMatchObject([
    {
      id: 'q',
      state: 'executed',
      endedAt: at(6),
      votes: [{ by: 'user:default/ada' }],
    },
  ]);
});

it('says where it stands in its chain', () => {
  expect(foldRelease(summary, [begun, step(7, 1)], 'before')).toMatchObject({
    previous: 'before',
    chain: { stream: 'local/u1', first: 1, last: 8, hash: 'hash 7' },
  });
});

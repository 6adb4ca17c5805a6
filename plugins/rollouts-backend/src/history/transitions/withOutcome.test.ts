import type { HistoryFact } from '../facts/HistoryFact';
import type { CurrentRelease, StreamState } from './StreamState';
import { withOutcome } from './withOutcome';

const release = (id: string, podHash: string) =>
  ({ id, podHash }) as CurrentRelease;
const ended = (releaseId: string, outcome: string, cause?: string) =>
  ({
    kind: 'release-ended',
    releaseId,
    data: { outcome, cause },
  }) as HistoryFact;

const state: StreamState = {
  releases: 3,
  release: release('r3', 'green'),
  seen: [
    ['blue', 1],
    ['red', 2],
    ['green', 3],
  ],
  outcomes: { blue: 'completed', gone: 'aborted' },
};

it.each([
  [ended('r2', 'aborted', 'analysis'), { red: 'rolled-back' }],
  [ended('r2', 'aborted', 'unknown'), { red: 'aborted' }],
  [ended('r2', 'completed'), { red: 'completed' }],
  [ended('r3', 'unobserved'), { green: 'completed' }],
  [ended('r2', 'superseded'), {}],
])('of %j %j is known, beside what was', (fact, expected) => {
  expect(withOutcome(state, release('r2', 'red'), [fact]).outcomes).toEqual({
    blue: 'completed',
    ...expected,
  });
});

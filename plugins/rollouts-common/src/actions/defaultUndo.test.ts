import type { RevisionOutcome } from '../view/rollout';
import { defaultUndo } from './defaultUndo';

const of = (outcomes: (RevisionOutcome | undefined)[], current?: number) =>
  defaultUndo(
    outcomes.map((outcome, index) => ({ revision: index + 1, outcome })),
    current,
  )?.revision;

it.each([
  ['the one before, where nothing is known', [undefined, undefined], 2, 1],
  ['never the current one', ['completed'], 1, undefined],
  [
    'not what analysis rolled back',
    ['completed', 'rolled-back', undefined],
    3,
    1,
  ],
  ['not what was aborted', [undefined, 'aborted', undefined], 3, 1],
  [
    'the one before, where all failed',
    ['aborted', 'rolled-back', undefined],
    3,
    2,
  ],
  ['nothing newer', ['completed', 'completed', 'completed'], 2, 1],
  [
    'the one before the newest, without a current one',
    ['completed', undefined],
    undefined,
    1,
  ],
] as [
  string,
  (RevisionOutcome | undefined)[],
  number | undefined,
  number | undefined,
][])('an undo brings back %s', (_, outcomes, current, expected) => {
  expect(of(outcomes, current)).toBe(expected);
});

import { colors } from '../../simulate/testing/demo';
import { PlanDraft } from '../draft';
import type { Problem } from './problem';
import { waitForReferences } from './waitForReferences';

const CREATED = Date.parse('2026-01-01T00:00:00Z');

const MISSING: Problem = {
  field: 'spec.strategy.canary.stableService',
  kind: 'Invalid value',
  detail: 'not found',
  missing: true,
};
const WRONG: Problem = { ...MISSING, missing: undefined };

function waits(
  problems: Problem[],
  milliseconds: number,
  observedGeneration?: string,
): boolean {
  const rollout = colors();
  rollout.metadata.creationTimestamp = '2026-01-01T00:00:00Z';
  rollout.status = { observedGeneration };
  const draft = new PlanDraft({}, 0);
  const waiting = waitForReferences(
    draft,
    rollout,
    problems,
    CREATED + milliseconds,
  );
  expect(draft.finish().wakeAt).toBe(waiting ? CREATED + 2_000 : undefined);
  return waiting;
}

describe('what a new rollout refers to', () => {
  it.each([
    ['may come a moment later', [MISSING], 500, undefined, true],
    ['is missing after that', [MISSING], 2_000, undefined, false],
    ['is missing when the rollout was seen before', [MISSING], 500, '1', false],
    ['does not excuse what is wrong', [MISSING, WRONG], 500, undefined, false],
    [
      'is not waited for by a clock that is behind',
      [MISSING],
      -60_000,
      undefined,
      false,
    ],
    ['is not what no problem is about', [], 500, undefined, false],
  ])('%s', (_, problems, milliseconds, observed, expected) => {
    expect(waits(problems, milliseconds, observed)).toBe(expected);
  });
});

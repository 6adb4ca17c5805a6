import type {
  ReleaseStep,
  ReleaseSummary,
  StepKind,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { HistoryEntry } from '../facts/HistoryFact';
import { iso, ofKind } from './entriesOf';

/** Steps that are never over at once unless somebody skips them. */
const LASTING: readonly StepKind[] = ['pause', 'analysis', 'experiment'];

/** When the release came to each step and left it. */
export function foldSteps(
  { outcome, endedAt }: Pick<ReleaseSummary, 'outcome' | 'endedAt'>,
  entries: HistoryEntry[],
): ReleaseStep[] {
  const [started] = ofKind(entries, 'release-started');
  const planned = started?.data.steps ?? [];
  const reached = lastPass(ofKind(entries, 'step'));
  return planned.map(({ kind, label }, index) => {
    const here = reached.find(({ data }) => data.index === index);
    const next = reached.find(({ data }) => data.index > index);
    const over = outcome !== 'in-progress' ? endedAt : undefined;
    if (here) {
      const startedAt = here.data.observed ? iso(here.at) : undefined;
      const left = next && (next.data.observed ? iso(next.at) : undefined);
      const end = next ? left : over;
      return {
        index,
        kind,
        label,
        state: stateOf(next !== undefined, outcome),
        startedAt,
        endedAt: end,
        durationSeconds: seconds(startedAt, end),
        unobserved: !here.data.observed || next?.data.observed === false,
      };
    }
    if (!next) {
      const never = outcome !== 'in-progress';
      return {
        index,
        kind,
        label,
        state: never ? 'skipped' : 'next',
        unobserved: false,
      };
    }
    // It was left before anybody saw it there.
    const seen = next.data.observed;
    const at = seen ? iso(next.at) : undefined;
    return {
      index,
      kind,
      label,
      state: seen && LASTING.includes(kind) ? 'skipped' : 'done',
      startedAt: at,
      endedAt: at,
      durationSeconds: seen ? 0 : undefined,
      unobserved: !seen,
    };
  });
}

function stateOf(
  left: boolean,
  outcome: ReleaseSummary['outcome'],
): ReleaseStep['state'] {
  if (left || outcome === 'completed') {
    return 'done';
  }
  return outcome === 'in-progress' ? 'current' : 'failed';
}

/** Since the steps last began anew: the index only grows within one pass. */
function lastPass<T extends { data: { index: number } }>(steps: T[]): T[] {
  let begin = 0;
  steps.forEach((step, position) => {
    const before = steps[position - 1];
    if (before && step.data.index <= before.data.index) {
      begin = position;
    }
  });
  return steps.slice(begin);
}

function seconds(
  from: string | undefined,
  to: string | undefined,
): number | undefined {
  return from === undefined || to === undefined
    ? undefined
    : Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000);
}

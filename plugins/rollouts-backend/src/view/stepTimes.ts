import type {
  AnalysisRun,
  Rollout,
  StepState,
  StepView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Attempt } from './attempt';

/** When the rollout came to a step and left it: only what something tells. */
export function stepTimes({
  rollout,
  attempt,
  index,
  state,
  run,
  pausedAt,
}: {
  rollout: Rollout;
  attempt: Attempt;
  index: number;
  state: StepState;
  /** Of this step. */
  run: AnalysisRun | undefined;
  /** When the pause that goes on began, by the status. */
  pausedAt: string | undefined;
}): Pick<StepView, 'startedAt' | 'finishedAt'> {
  if (state === 'next' || state === 'skipped') {
    return {};
  }
  const { abortedAt } = rollout.status ?? {};
  const left = index === 0 ? attempt.begunAt : attempt.completedAt.get(index);
  return {
    startedAt: iso(left) ?? pausedAt ?? run?.metadata.creationTimestamp,
    finishedAt:
      state === 'failed'
        ? abortedAt
        : (state === 'done' || undefined) &&
          iso(attempt.completedAt.get(index + 1)),
  };
}

function iso(time: number | undefined): string | undefined {
  return time === undefined
    ? undefined
    : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

import {
  isFullyPromoted,
  type CanaryStep,
  type Rollout,
  type StepKind,
  type StepState,
  type StepView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { stepIndexOf } from './analysisRunKind';
import type { RolloutSources } from './RolloutSources';
import { attemptOf } from './attempt';
import { revisionOf } from './revisions';
import { describeStep, durationSeconds } from './stepDescription';
import { stepReached } from './stepReached';
import { stepTimes } from './stepTimes';

const KINDS: readonly StepKind[] = [
  'setWeight',
  'pause',
  'setCanaryScale',
  'analysis',
  'experiment',
  'setHeaderRoute',
  'setMirrorRoute',
  'replicaProgressThreshold',
  'plugin',
];

/** The steps of the strategy, with what each does and did. */
export function stepViews({
  rollout,
  replicaSets,
  analysisRuns: runs,
  events,
}: Pick<
  RolloutSources,
  'rollout' | 'replicaSets' | 'analysisRuns' | 'events'
>): StepView[] {
  const attempt = attemptOf(rollout, replicaSets, events);
  const steps = rollout.spec.strategy?.canary?.steps ?? [];
  const reached = rollout.status?.abort ? stepReached(attempt) : undefined;
  return steps.map((step, index) => {
    const kind = stepKindOf(step);
    const state = stateOf(rollout, index, reached);
    const run = runs.find(
      each =>
        stepIndexOf(each) === index &&
        each.metadata.labels?.['rollouts-pod-template-hash'] ===
          rollout.status?.currentPodHash,
    );
    const pause = step.pause && pauseOf(rollout, step, state);
    return {
      index,
      kind,
      state,
      ...describeStep(step, kind, state),
      pause,
      weight: step.setWeight,
      analysisRun: run?.metadata.name,
      ...stepTimes({
        rollout,
        attempt,
        index,
        state,
        run,
        pausedAt: pause?.startedAt,
      }),
    };
  });
}

export function stepKindOf(step: CanaryStep): StepKind {
  return KINDS.find(kind => Object.hasOwn(step, kind)) ?? 'unknown';
}

function stateOf(
  rollout: Rollout,
  index: number,
  reached: number | undefined,
): StepState {
  const { status = {} } = rollout;
  if (isFullyPromoted(rollout)) {
    // The first version needs no steps; its index is set behind the last one.
    return revisionOf(rollout) === 1 ? 'skipped' : 'done';
  }
  const current = status.currentStepIndex ?? 0;
  if (status.promoteFull && index >= current) {
    return 'skipped';
  }
  if (status.abort) {
    // The controller has set the index back: only its Events still tell.
    if (reached === undefined || index > reached) {
      return 'skipped';
    }
    return index === reached ? 'failed' : 'done';
  }
  if (index < current) {
    return 'done';
  }
  return index === current ? 'current' : 'next';
}

function pauseOf(
  rollout: Rollout,
  step: CanaryStep,
  state: StepState,
): StepView['pause'] {
  const length = durationSeconds(step.pause?.duration);
  const startedAt =
    state === 'current'
      ? rollout.status?.pauseConditions?.find(
          ({ reason }) => reason === 'CanaryPauseStep',
        )?.startTime
      : undefined;
  const started = startedAt === undefined ? NaN : Date.parse(startedAt);
  return {
    durationSeconds: length,
    startedAt,
    endsAt:
      Number.isNaN(started) || length === undefined
        ? undefined
        : new Date(started + length * 1000).toISOString(),
  };
}

import type {
  Release,
  ReleasePause,
  ReleaseStep,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A step with what else is on record about it. */
export interface StepRow extends ReleaseStep {
  /** Where it was a pause. */
  pause?: ReleasePause;
  /** Share of requests that the new version was to have when it ended, of one. */
  share?: number;
}

/** Joins the steps of a release with its pauses and weights. */
export function stepRows({
  steps,
  pauses,
  weights,
}: Pick<Release, 'steps' | 'pauses' | 'weights'>): StepRow[] {
  return steps.map(step => ({
    ...step,
    pause: pauses.find(({ stepIndex }) => stepIndex === step.index),
    share: shareAt(weights, step.endedAt ?? step.startedAt),
  }));
}

/** Weights are in order of time. */
function shareAt(
  weights: Release['weights'],
  at: string | undefined,
): number | undefined {
  if (!at) {
    return undefined;
  }
  const time = Date.parse(at);
  const last = weights.findLast(weight => Date.parse(weight.at) <= time);
  return last && last.max > 0 ? last.desired / last.max : undefined;
}

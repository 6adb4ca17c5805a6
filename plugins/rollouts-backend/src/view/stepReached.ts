import type {
  KubeEvent,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** "Rollout step 3/8 completed (setWeight: 40)". */
const STEP_COMPLETED = /^Rollout step (\d+)\/\d+ completed/;
/** Each begins another attempt, of this revision or of a new one. */
const ATTEMPT_BEGINS = new Set([
  'RolloutAborted',
  'RolloutUpdated',
  'RolloutNotCompleted',
]);
/** Events have whole seconds, and the abort's own may be one later. */
const SLACK_MILLISECONDS = 2_000;

/**
 * The step at which an aborted rollout was stopped: the controller sets the
 * index back to zero, but its Events tell how far this attempt had come.
 *
 * @returns a step's index, or undefined where no Event is left that tells
 */
export function stepReached(
  rollout: Rollout,
  events: KubeEvent[],
): number | undefined {
  const abortedAt = Date.parse(rollout.status?.abortedAt ?? '');
  if (Number.isNaN(abortedAt)) {
    return undefined;
  }
  const earlier = events
    .map(event => ({ event, at: timeOf(event) }))
    .filter(
      ({ event, at }) =>
        at <= abortedAt + SLACK_MILLISECONDS &&
        !isThisAbort(event, at, abortedAt),
    )
    .sort((a, b) => b.at - a.at);
  let reached: number | undefined;
  for (const { event } of earlier) {
    if (ATTEMPT_BEGINS.has(event.reason ?? '')) {
      return reached ?? 0;
    }
    const completed = STEP_COMPLETED.exec(event.message ?? '')?.[1];
    if (completed !== undefined) {
      reached = Math.max(reached ?? 0, Number(completed));
    }
  }
  return reached;
}

function isThisAbort(event: KubeEvent, at: number, abortedAt: number): boolean {
  return (
    event.reason === 'RolloutAborted' &&
    Math.abs(at - abortedAt) <= SLACK_MILLISECONDS
  );
}

function timeOf(event: KubeEvent): number {
  return Date.parse(
    event.lastTimestamp ??
      event.eventTime ??
      event.metadata.creationTimestamp ??
      '',
  );
}

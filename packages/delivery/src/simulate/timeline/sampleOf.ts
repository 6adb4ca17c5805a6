import type { Observation } from './observation';
import { stepsOf } from './stepLabel';
import type { TimelineSample } from './timeline';

/** What a timeline keeps of an observation. */
export function sampleOf(
  observation: Observation,
  origin: number,
): TimelineSample {
  const { now, status, rollout, revisions, share, experimentShare } =
    observation;
  const index = status.currentStepIndex ?? 0;
  const isUnderWay = status.currentPodHash !== status.stableRS && !status.abort;
  const [pause] = status.pauseConditions ?? [];
  return {
    at: now - origin,
    share,
    experimentShare,
    revisions: revisions
      .filter(each => each.wanted > 0 || each.available > 0)
      .map(({ hash: _hash, ...each }) => each),
    ...(isUnderWay && index < stepsOf(rollout).length
      ? { step: index + 1 }
      : {}),
    phase: status.phase ?? 'Progressing',
    ...(status.message ? { message: status.message } : {}),
    ...(pause ? { paused: pause.reason } : {}),
  };
}

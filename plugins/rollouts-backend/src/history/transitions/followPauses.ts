import type { Draft } from './Draft';

/** Times in an object are whole seconds. */
const SLACK_MILLISECONDS = 1_000;

/** Pauses that have begun or ended. */
export function followPauses(draft: Draft): void {
  const { release, observation } = draft;
  const { at, aborted, steps, stepIndex } = observation;
  if (aborted) {
    // They end with the release.
    return;
  }
  const isSame =
    (a: { reason: string; startedAt: number }) =>
    (b: { reason: string; startedAt: number }) =>
      a.reason === b.reason &&
      (a.reason === 'Manual' || a.startedAt === b.startedAt);
  for (const pause of release.pauses) {
    if (!observation.pauses.some(isSame(pause))) {
      const { reason, startedAt, plannedSeconds } = pause;
      const due =
        plannedSeconds !== undefined &&
        at >= startedAt + plannedSeconds * 1_000 - SLACK_MILLISECONDS;
      draft.add('pause-ended', `${reason}/${startedAt}`, at, {
        reason,
        startedAt,
        byTime: due,
      });
    }
  }
  const begun = observation.pauses
    .filter(pause => !release.pauses.some(isSame(pause)))
    .map(({ reason, startedAt }) => {
      const ofStep = reason === 'CanaryPauseStep';
      const step = ofStep ? steps[stepIndex] : undefined;
      return {
        reason,
        startedAt,
        stepIndex: ofStep ? stepIndex : undefined,
        plannedSeconds: step?.plannedSeconds,
      };
    });
  for (const { startedAt, ...pause } of begun) {
    draft.add(
      'pause-started',
      `${pause.reason}/${startedAt}`,
      startedAt,
      pause,
    );
  }
  release.pauses = [
    ...release.pauses.filter(pause => observation.pauses.some(isSame(pause))),
    ...begun,
  ];
}

import {
  isFullyPromoted,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { pauseEnd } from '../../view/pauseEnd';
import { revisionOf } from '../../view/revisions';

/** As much of a rollout as says whether something is to be told. */
export interface RolloutMoment {
  uid: string;
  podHash?: string;
  /** Grows with each change of the template, also back to an earlier one. */
  revision?: number;
  stepIndex?: number;
  promoted: boolean;
  aborted: boolean;
  abortedAt?: string;
  /** What the controller says of an abort. */
  abortMessage?: string;
  /** Nobody has paused it, and it is not over. */
  moves: boolean;
  /** Waits for a person. */
  waits: boolean;
  /**
   * Since when nothing has moved, in milliseconds since the epoch. A pause with
   * an end is not counted before it.
   */
  since?: number;
}

/** Reads the moment off the status that the controller wrote. */
export function momentOf(rollout: Rollout): RolloutMoment {
  const { metadata, spec, status = {} } = rollout;
  const progressing = status.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  const promoted = isFullyPromoted({ metadata, spec, status });
  const aborted = status.abort === true;
  const pauses = (status.pauseConditions ?? []).map(pause => ({
    start: Date.parse(pause.startTime),
    end: pauseEnd(rollout, pause),
  }));
  const waiting = pauses.filter(({ end }) => end === undefined);
  const times = [
    Date.parse(progressing?.lastUpdateTime ?? ''),
    ...(waiting.length > 0 ? waiting : pauses).map(
      ({ start, end }) => end ?? start,
    ),
  ].filter(time => !Number.isNaN(time));
  const ongoing = !promoted && !aborted && Boolean(status.stableRS);
  return {
    uid: metadata.uid ?? '',
    podHash: status.currentPodHash,
    revision: revisionOf({ metadata }),
    stepIndex: status.currentStepIndex,
    promoted,
    aborted,
    abortedAt: status.abortedAt,
    abortMessage:
      progressing?.reason === 'RolloutAborted'
        ? progressing.message
        : undefined,
    moves: ongoing && !spec.paused,
    waits: ongoing && waiting.length > 0,
    since: times.length > 0 ? Math.max(...times) : undefined,
  };
}

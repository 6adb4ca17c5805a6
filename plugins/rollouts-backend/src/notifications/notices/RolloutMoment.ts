import {
  isFullyPromoted,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
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
  /** Since when nothing has moved, in milliseconds since the epoch. */
  since?: number;
}

/** Reads the moment off the status that the controller wrote. */
export function momentOf({
  metadata,
  spec,
  status = {},
}: Rollout): RolloutMoment {
  const progressing = status.conditions?.find(
    ({ type }) => type === 'Progressing',
  );
  const promoted = isFullyPromoted({ metadata, spec, status });
  const aborted = status.abort === true;
  const [pause] = status.pauseConditions ?? [];
  const step = spec.strategy?.canary?.steps?.[status.currentStepIndex ?? 0];
  const isTimed = step?.pause?.duration !== undefined;
  const times = [progressing?.lastUpdateTime, pause?.startTime]
    .map(time => Date.parse(time ?? ''))
    .filter(time => !Number.isNaN(time));
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
    waits: ongoing && pause !== undefined && !isTimed,
    since: times.length > 0 ? Math.max(...times) : undefined,
  };
}

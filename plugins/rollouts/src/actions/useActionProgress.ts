import type {
  ActionResult,
  RolloutAction,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useCallback, useEffect, useState } from 'react';
import { tidyInput, type ActionInput } from './actionInput';
import { hasShown } from './hasShown';

/** An accepted action on its way to being seen in the cluster. */
export interface ActionProgress {
  action: RolloutAction;
  label: string;
  state: 'accepted' | 'done' | 'unchanged';
  /** When it was accepted, milliseconds. */
  at: number;
}

interface Followed extends ActionProgress {
  input: ActionInput;
  seen: RolloutDetail;
}

/** How long "done" stays, milliseconds. */
const DONE_STAYS_MS = 8_000;

/** Follows the last accepted action until the mirror shows its effect. */
export function useActionProgress(
  rollout: RolloutDetail,
  now: () => number = Date.now,
): {
  progress?: ActionProgress;
  accepted(accepted: {
    action: RolloutAction;
    label: string;
    input: ActionInput;
    seen: RolloutDetail;
    result: ActionResult;
  }): void;
  dismiss(): void;
} {
  const [followed, setFollowed] = useState<Followed>();

  useEffect(() => {
    if (
      followed?.state === 'accepted' &&
      hasShown(
        followed.action,
        tidyInput(followed.input),
        followed.seen,
        rollout,
      )
    ) {
      setFollowed({ ...followed, state: 'done' });
    }
  }, [followed, rollout]);

  const settled = followed !== undefined && followed.state !== 'accepted';
  useEffect(() => {
    if (!settled) {
      return undefined;
    }
    const timer = setTimeout(() => setFollowed(undefined), DONE_STAYS_MS);
    return () => clearTimeout(timer);
  }, [settled, followed?.at]);

  return {
    progress: followed,
    accepted: useCallback(
      ({ action, label, input, seen, result }) =>
        setFollowed({
          action,
          label,
          input,
          seen,
          at: now(),
          state: result.outcome === 'unchanged' ? 'unchanged' : 'accepted',
        }),
      [now],
    ),
    dismiss: useCallback(() => setFollowed(undefined), []),
  };
}

import { isError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ActionRequest,
  ActionResult,
  RolloutAction,
  RolloutDetail,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { RolloutActionError } from '../api/RolloutActionError';
import { rolloutsApiRef } from '../api/RolloutsApi';
import { tidyInput, type ActionInput } from './actionInput';
import { newIdempotencyKey } from './idempotencyKey';

export interface ActionDecision<R = ActionResult> {
  /** The rollout as the person sees it in the dialog. */
  seen: RolloutDetail;
  /** The rollout has moved on since. */
  changed: boolean;
  /** Takes the new state as seen. */
  adopt(): void;
  asking: boolean;
  error?: RolloutActionError;
  /** Resolves with the answer, or with undefined when it failed. */
  ask(input: ActionInput): Promise<R | undefined>;
  /** What would be written. Rejects with what is in the way. */
  preview(input: ActionInput): Promise<ActionResult>;
}

/**
 * One decision of one person: what they saw is frozen while they decide, and
 * one idempotency key goes with it. The same decision sent again after a lost
 * answer returns the first outcome; another input, another state or a plain
 * refusal makes a new decision.
 * @param send - carries it out, or asks others whether it may be
 */
export function useActionDecision<R>(
  rollout: RolloutDetail,
  action: RolloutAction,
  send: (ref: RolloutRef, request: ActionRequest) => Promise<R>,
): ActionDecision<R> {
  const api = useApi(rolloutsApiRef);
  const [seen, setSeen] = useState(rollout);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<RolloutActionError>();
  const decision = useRef<{ key: string; of: string }>();
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const request = useCallback(
    (input: ActionInput, idempotencyKey: string): ActionRequest => ({
      ...tidyInput(input),
      idempotencyKey,
      seen: {
        uid: seen.uid,
        generation: seen.generation,
        podHash: seen.podHash,
        stepIndex: seen.step?.index,
      },
    }),
    [seen],
  );

  const ask = useCallback(
    async (input: ActionInput) => {
      const of = JSON.stringify([seen.version, input]);
      if (decision.current?.of !== of) {
        decision.current = { key: newIdempotencyKey(), of };
      }
      setAsking(true);
      setError(undefined);
      try {
        return await send(seen.ref, request(input, decision.current.key));
      } catch (thrown) {
        const failure = toActionError(thrown);
        if (failure.refusal) {
          decision.current = undefined;
        }
        if (mounted.current) {
          setError(failure);
        }
        return undefined;
      } finally {
        if (mounted.current) {
          setAsking(false);
        }
      }
    },
    [send, request, seen],
  );

  const preview = useCallback(
    (input: ActionInput) =>
      api.act(seen.ref, action, {
        ...request(input, newIdempotencyKey()),
        dryRun: true,
      }),
    [api, action, request, seen],
  );

  return {
    seen,
    changed:
      rollout.uid !== seen.uid ||
      rollout.generation !== seen.generation ||
      rollout.podHash !== seen.podHash ||
      rollout.step?.index !== seen.step?.index,
    adopt: () => {
      setSeen(rollout);
      setError(undefined);
    },
    asking,
    error,
    ask,
    preview,
  };
}

function toActionError(thrown: unknown): RolloutActionError {
  return thrown instanceof RolloutActionError
    ? thrown
    : new RolloutActionError(
        isError(thrown) ? thrown.message : String(thrown),
        0,
      );
}

import { isError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useEffect, useRef, useState } from 'react';
import { approvalsApiRef, type ApprovalsApi } from '../api/ApprovalsApi';
import { RolloutActionError } from '../api/RolloutActionError';
import type { ApprovalDecision } from './approvalDecision';
import type { KnownApproval } from './approvalState';

export interface ApprovalAnswer {
  sending: boolean;
  error?: RolloutActionError;
  /** Resolves with whether it was accepted. */
  send(text: string): Promise<boolean>;
}

/**
 * Sends one answer. An approval goes with the rollout as it was when the
 * dialog opened, so that nobody approves what they did not see.
 */
export function useApprovalAnswer(
  request: KnownApproval,
  rollout: RolloutDetail,
  decision: ApprovalDecision,
): ApprovalAnswer {
  const api = useApi(approvalsApiRef);
  const [seen] = useState(rollout);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<RolloutActionError>();
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  return {
    sending,
    error,
    send: async text => {
      setSending(true);
      setError(undefined);
      try {
        await answer(api, request.id, seen, decision, text);
        return true;
      } catch (thrown) {
        if (mounted.current) {
          setError(toActionError(thrown));
        }
        return false;
      } finally {
        if (mounted.current) {
          setSending(false);
        }
      }
    },
  };
}

async function answer(
  api: ApprovalsApi,
  id: string,
  seen: RolloutDetail,
  decision: ApprovalDecision,
  text: string,
): Promise<void> {
  const reason = text || undefined;
  switch (decision) {
    case 'approve':
      await api.approve(id, {
        seen: {
          uid: seen.uid,
          generation: seen.generation,
          podHash: seen.podHash,
          stepIndex: seen.step?.index,
        },
        reason,
      });
      return;
    case 'reject':
      await api.reject(id, { reason: text });
      return;
    case 'withdraw':
      await api.withdraw(id, reason);
      return;
    default:
      await api.comment(id, text);
  }
}

function toActionError(thrown: unknown): RolloutActionError {
  return thrown instanceof RolloutActionError
    ? thrown
    : new RolloutActionError(
        isError(thrown) ? thrown.message : String(thrown),
        0,
      );
}

import { isError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ApprovalRequestDetail,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useEffect, useRef, useState } from 'react';
import { approvalsApiRef, type ApprovalsApi } from '../api/ApprovalsApi';
import { RolloutActionError } from '../api/RolloutActionError';
import type { ApprovalDecision } from './approvalDecision';
import type { KnownApproval } from './approvalState';

export interface Answered {
  outcome: 'done' | 'noticed' | 'refused';
  /** The request as it is since; absent when it was refused. */
  after?: ApprovalRequestDetail;
}

export interface ApprovalAnswer {
  sending: boolean;
  error?: RolloutActionError;
  /** It was accepted, but not all came of it that should have: why. */
  notice?: string;
  send(text: string): Promise<Answered>;
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
  const [notice, setNotice] = useState<string>();
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
    notice,
    error,
    send: async text => {
      setSending(true);
      setError(undefined);
      try {
        const after = await answer(api, request.id, seen, decision, text);
        if (after.notice && after.state !== 'executed' && mounted.current) {
          setNotice(after.notice);
          return { outcome: 'noticed', after };
        }
        return { outcome: 'done', after };
      } catch (thrown) {
        if (mounted.current) {
          setError(toActionError(thrown));
        }
        return { outcome: 'refused' };
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
): Promise<ApprovalRequestDetail> {
  const reason = text || undefined;
  switch (decision) {
    case 'approve':
      return api.approve(id, {
        seen: {
          uid: seen.uid,
          generation: seen.generation,
          podHash: seen.podHash,
          stepIndex: seen.step?.index,
        },
        reason,
      });
    case 'reject':
      return api.reject(id, { reason: text });
    case 'withdraw':
      return api.withdraw(id, reason);
    default:
      return api.comment(id, text);
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

import { useApi } from '@backstage/frontend-plugin-api';
import {
  isGatedAction,
  type ActionRequest,
  type RolloutAction,
  type RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useCallback } from 'react';
import { approvalsApiRef } from '../api/ApprovalsApi';

/** Asks for the approval of exactly what would be done. */
export function useAskForApproval(): (
  ref: RolloutRef,
  action: RolloutAction,
  request: ActionRequest,
) => Promise<void> {
  const api = useApi(approvalsApiRef);
  return useCallback(
    async (ref, action, request) => {
      if (!isGatedAction(action)) {
        throw new Error(`Nobody has to approve ${action}: do it.`);
      }
      const { idempotencyKey, seen, reason } = request;
      const { images, toRevision, analysisRun } = request;
      await api.requestApproval(ref, {
        idempotencyKey,
        seen,
        action,
        reason,
        images,
        toRevision,
        analysisRun,
      });
    },
    [api],
  );
}

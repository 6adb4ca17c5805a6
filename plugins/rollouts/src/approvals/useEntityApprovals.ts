import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ApprovalRequestDetail,
  EntityRolloutsResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useMemo, useState } from 'react';
import { approvalsApiRef, type ApprovalsApi } from '../api/ApprovalsApi';
import { useRead } from '../api/useRead';
import { useNow } from '../live/useNow';
import { approvalsSignal, isOpen, type KnownApproval } from './approvalState';

export interface EntityApprovals {
  /** Newest first; empty until something was read. */
  requests: KnownApproval[];
  /** Why the last attempt to read failed. */
  error?: Error;
  /**
   * Reads them again.
   * @param after - one that was just answered here: shown at once
   */
  again(after?: ApprovalRequestDetail): void;
}

const NONE: KnownApproval[] = [];
const LATEST = 20;
/** Comments change nothing that the stream would tell of. */
const COMMENTS_EVERY_MS = 30_000;

/**
 * The requests for approval on an entity's rollouts, read again when the
 * stream of rollouts shows that something about them has changed.
 */
export function useEntityApprovals(
  entityRef: string,
  known: EntityRolloutsResponse | undefined,
): EntityApprovals {
  const api = useApi(approvalsApiRef);
  const now = useNow(COMMENTS_EVERY_MS);
  const signal = useMemo(() => approvalsSignal(known), [known]);
  const asked = known !== undefined;
  const read = useMemo(
    () =>
      asked
        ? (stop: AbortSignal) => readApprovals(api, entityRef, stop)
        : undefined,
    [api, entityRef, asked],
  );
  const anyOpen = signal.includes('requestId');
  const { value, error, again } = useRead(
    read,
    anyOpen ? `${signal} ${Math.floor(now / COMMENTS_EVERY_MS)}` : signal,
  );
  // What came of an answer holds until it has been read again.
  const [answered, setAnswered] = useState<{
    over: KnownApproval[] | undefined;
    after: ApprovalRequestDetail;
  }>();
  return {
    requests: useMemo(
      () =>
        (value ?? NONE).map(request =>
          answered?.over === value && answered?.after.id === request.id
            ? answered.after
            : request,
        ),
      [value, answered],
    ),
    error,
    again: after => {
      setAnswered(after && { over: value, after });
      again();
    },
  };
}

async function readApprovals(
  api: ApprovalsApi,
  entityRef: string,
  signal: AbortSignal,
): Promise<KnownApproval[]> {
  try {
    const { items } = await api.listEntityApprovals(entityRef, {
      state: 'all',
      limit: LATEST,
      signal,
    });
    return await Promise.all(
      items.map(item =>
        isOpen(item) ? api.getApproval(item.id, { signal }) : item,
      ),
    );
  } catch (error) {
    // A backend from before there were approvals has none.
    if (isNotFound(error)) {
      return NONE;
    }
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return (
    error instanceof Error && 'statusCode' in error && error.statusCode === 404
  );
}

import { createApiRef, type ApiRef } from '@backstage/frontend-plugin-api';
import type {
  ApprovalPage,
  ApprovalRequestDetail,
  ApproveRequest,
  CreateApprovalRequest,
  RejectRequest,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * What the frontend asks of the approvals. Reads reject with the errors of
 * `@backstage/errors`, the rest with a {@link RolloutActionError}.
 * @public
 */
export interface ApprovalsApi {
  /**
   * The requests on an entity's rollouts, newest first.
   * @param options - `state`: `open` are those that can still have an effect
   */
  listEntityApprovals(
    entityRef: string,
    options?: { state?: 'open' | 'all'; limit?: number; signal?: AbortSignal },
  ): Promise<ApprovalPage>;

  getApproval(
    id: string,
    options?: { signal?: AbortSignal },
  ): Promise<ApprovalRequestDetail>;

  /** Asks for what a policy demands before an action. */
  requestApproval(
    rollout: RolloutRef,
    request: CreateApprovalRequest,
  ): Promise<ApprovalRequestDetail>;

  approve(id: string, answer: ApproveRequest): Promise<ApprovalRequestDetail>;

  reject(id: string, answer: RejectRequest): Promise<ApprovalRequestDetail>;

  withdraw(id: string, reason?: string): Promise<ApprovalRequestDetail>;

  comment(id: string, text: string): Promise<ApprovalRequestDetail>;
}

/** @public */
export const approvalsApiRef: ApiRef<ApprovalsApi> =
  createApiRef<ApprovalsApi>().with({
    id: 'plugin.rollouts.approvals',
    pluginId: 'rollouts',
  });

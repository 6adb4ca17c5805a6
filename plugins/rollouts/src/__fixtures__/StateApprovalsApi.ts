import type {
  ApprovalPage,
  ApprovalRequestDetail,
  ApproveRequest,
  CreateApprovalRequest,
  RejectRequest,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ApprovalsApi } from '../api/ApprovalsApi';
import { approvalRequest } from './approvals';

/** Answers with the requests of one state, records what is asked. */
export class StateApprovalsApi implements ApprovalsApi {
  readonly asked: { method: string; id?: string; body?: unknown }[] = [];
  /** Thrown by everything that writes. */
  refusal: Error | undefined;
  requests: ApprovalRequestDetail[];

  constructor(requests: ApprovalRequestDetail[] = []) {
    this.requests = requests;
  }

  async listEntityApprovals(): Promise<ApprovalPage> {
    return { items: this.requests, total: this.requests.length };
  }

  async getApproval(id: string): Promise<ApprovalRequestDetail> {
    return this.found(id);
  }

  async requestApproval(
    _rollout: RolloutRef,
    body: CreateApprovalRequest,
  ): Promise<ApprovalRequestDetail> {
    this.write({ method: 'request', body });
    const request = approvalRequest(Date.now(), {
      id: 'q-new',
      action: body.action,
      reason: body.reason,
    });
    this.requests = [request, ...this.requests];
    return request;
  }

  async approve(
    id: string,
    body: ApproveRequest,
  ): Promise<ApprovalRequestDetail> {
    this.write({ method: 'approve', id, body });
    return this.found(id);
  }

  async reject(
    id: string,
    body: RejectRequest,
  ): Promise<ApprovalRequestDetail> {
    this.write({ method: 'reject', id, body });
    return this.found(id);
  }

  async withdraw(id: string, reason?: string): Promise<ApprovalRequestDetail> {
    this.write({ method: 'withdraw', id, body: { reason } });
    return this.found(id);
  }

  async comment(id: string, text: string): Promise<ApprovalRequestDetail> {
    this.write({ method: 'comment', id, body: { text } });
    return this.found(id);
  }

  private write(asked: { method: string; id?: string; body?: unknown }): void {
    this.asked.push(asked);
    if (this.refusal) {
      throw this.refusal;
    }
  }

  private found(id: string): ApprovalRequestDetail {
    const request = this.requests.find(known => known.id === id);
    if (!request) {
      throw new Error(`There is no request ${id}`);
    }
    return request;
  }
}

import { parseEntityRef } from '@backstage/catalog-model';
import type {
  ApprovalPage,
  ApprovalRequestDetail,
  ApproveRequest,
  CreateApprovalRequest,
  RejectRequest,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { answered } from './answered';
import type { ApprovalsApi } from './ApprovalsApi';
import { backendClient, type Backend } from './backendClient';
import { toActionError } from './toActionError';

/** Talks to the approvals of the `rollouts` backend plugin. @public */
export class DefaultApprovalsApi implements ApprovalsApi {
  private readonly backend: Backend;

  private constructor(backend: Backend) {
    this.backend = backend;
  }

  static create(backend: Backend): DefaultApprovalsApi {
    return new DefaultApprovalsApi(backend);
  }

  async listEntityApprovals(
    entityRef: string,
    options: {
      state?: 'open' | 'all';
      limit?: number;
      signal?: AbortSignal;
    } = {},
  ): Promise<ApprovalPage> {
    const { state, limit, signal } = options;
    const client = await backendClient(this.backend);
    return answered(
      await client.request(
        'get',
        '/v1/entities/{kind}/{namespace}/{name}/approvals',
        {
          params: { path: parseEntityRef(entityRef), query: { state, limit } },
          signal,
        },
      ),
    );
  }

  async getApproval(
    id: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<ApprovalRequestDetail> {
    const client = await backendClient(this.backend);
    return answered(
      await client.request('get', '/v1/approvals/{id}', {
        params: { path: { id } },
        signal: options.signal,
      }),
    );
  }

  async requestApproval(
    rollout: RolloutRef,
    request: CreateApprovalRequest,
  ): Promise<ApprovalRequestDetail> {
    const client = await backendClient(this.backend, toActionError);
    return answered(
      await client.request(
        'post',
        '/v1/rollouts/{cluster}/{namespace}/{name}/approvals',
        { params: { path: { ...rollout } }, body: request },
      ),
    );
  }

  async approve(
    id: string,
    answer: ApproveRequest,
  ): Promise<ApprovalRequestDetail> {
    const client = await backendClient(this.backend, toActionError);
    return answered(
      await client.request('post', '/v1/approvals/{id}/approve', {
        params: { path: { id } },
        body: answer,
      }),
    );
  }

  async reject(
    id: string,
    answer: RejectRequest,
  ): Promise<ApprovalRequestDetail> {
    const client = await backendClient(this.backend, toActionError);
    return answered(
      await client.request('post', '/v1/approvals/{id}/reject', {
        params: { path: { id } },
        body: answer,
      }),
    );
  }

  async withdraw(id: string, reason?: string): Promise<ApprovalRequestDetail> {
    const client = await backendClient(this.backend, toActionError);
    return answered(
      await client.request('post', '/v1/approvals/{id}/withdraw', {
        params: { path: { id } },
        body: { reason },
      }),
    );
  }

  async comment(id: string, text: string): Promise<ApprovalRequestDetail> {
    const client = await backendClient(this.backend, toActionError);
    return answered(
      await client.request('post', '/v1/approvals/{id}/comments', {
        params: { path: { id } },
        body: { text },
      }),
    );
  }
}

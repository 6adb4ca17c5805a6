import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  createRolloutsClient,
  type LintRequest,
  type LintResponse,
  type RolloutRef,
  type RolloutSummary,
  type SimulateRequest,
  type SimulateResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** The rollouts plugin's API, on behalf of whoever runs a task. */
export class RolloutsBackend {
  private constructor(
    private readonly services: {
      discovery: DiscoveryService;
      auth: AuthService;
    },
  ) {}

  static create(services: { discovery: DiscoveryService; auth: AuthService }) {
    return new RolloutsBackend(services);
  }

  /** @throws ResponseError */
  async lint(
    who: BackstageCredentials,
    body: LintRequest,
  ): Promise<LintResponse> {
    const client = await this.client(who);
    const { data, response } = await client.POST('/v1/lint', { body });
    return data ?? failed(response);
  }

  /** @throws ResponseError */
  async simulate(
    who: BackstageCredentials,
    body: SimulateRequest,
  ): Promise<SimulateResponse> {
    const client = await this.client(who);
    const { data, response } = await client.POST('/v1/simulate', { body });
    return data ?? failed(response);
  }

  /** @throws ResponseError */
  async rollout(
    who: BackstageCredentials,
    ref: RolloutRef,
  ): Promise<RolloutSummary> {
    const client = await this.client(who);
    const { data, response } = await client.GET(
      '/v1/rollouts/{cluster}/{namespace}/{name}',
      { params: { path: ref } },
    );
    return data ? data.rollout : failed(response);
  }

  private async client(onBehalfOf: BackstageCredentials) {
    const { discovery, auth } = this.services;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf,
      targetPluginId: 'rollouts',
    });
    return createRolloutsClient({
      baseUrl: await discovery.getBaseUrl('rollouts'),
      fetch: async request => {
        request.headers.set('Authorization', `Bearer ${token}`);
        const response = await fetch(request);
        // The body is read for the error, which the typed client would eat.
        if (!response.ok) throw await ResponseError.fromResponse(response);
        return response;
      },
    });
  }
}

async function failed(response: Response): Promise<never> {
  throw await ResponseError.fromResponse(response);
}

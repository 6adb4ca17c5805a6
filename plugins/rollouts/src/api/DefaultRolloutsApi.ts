import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type {
  ActionRequest,
  ActionResult,
  RolloutAction,
  RolloutRef,
  StreamEvent,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { backendClient, type Backend } from './backendClient';
import { parseEventStream } from './parseEventStream';
import { RolloutActionError } from './RolloutActionError';
import { toActionError } from './toActionError';
import type {
  ConditionalEntityRollouts,
  RolloutsApi,
  StreamMessage,
} from './RolloutsApi';

/** All of them: one that is not here would be taken for a newer server's. */
const EVENT_TYPES = {
  snapshot: true,
  rollout: true,
  removed: true,
  clusters: true,
  heartbeat: true,
} satisfies Record<StreamEvent['type'], true>;

/** Talks to the `rollouts` backend plugin. @public */
export class DefaultRolloutsApi implements RolloutsApi {
  private readonly backend: Backend;

  private constructor(backend: Backend) {
    this.backend = backend;
  }

  static create(backend: Backend): DefaultRolloutsApi {
    return new DefaultRolloutsApi(backend);
  }

  async getEntityRollouts(
    entityRef: string,
    options: { etag?: string; signal?: AbortSignal } = {},
  ): Promise<ConditionalEntityRollouts> {
    const client = await backendClient(this.backend);
    const { data, response } = await client.request(
      'get',
      '/v1/entities/{kind}/{namespace}/{name}/rollouts',
      {
        params: {
          path: parseEntityRef(entityRef),
          header: options.etag ? { 'If-None-Match': options.etag } : {},
        },
        signal: options.signal,
        // Conditional requests are ours here; the browser's cache stays out.
        cache: 'no-store',
      },
    );
    // The only answers that are no error are this one and the rollouts.
    return data === undefined
      ? { status: 'not-modified' }
      : {
          status: 'changed',
          etag: response.headers.get('ETag') ?? undefined,
          response: data,
        };
  }

  async *streamEntityRollouts(
    entityRef: string,
    options: { lastEventId?: string; signal: AbortSignal },
  ): AsyncGenerator<StreamMessage> {
    const response = await this.request(`${entityPath(entityRef)}/stream`, {
      headers: {
        Accept: 'text/event-stream',
        ...(options.lastEventId
          ? { 'Last-Event-ID': options.lastEventId }
          : {}),
      },
      signal: options.signal,
      cache: 'no-store',
    });
    await throwUnlessOk(response);
    if (!response.body) {
      return;
    }
    for await (const message of parseEventStream(response.body)) {
      // An event of a newer server is not an error.
      if (Object.hasOwn(EVENT_TYPES, message.type)) {
        yield {
          id: message.id,
          event: {
            type: message.type,
            data: JSON.parse(message.data),
          } as StreamEvent,
        };
      }
    }
  }

  async getPodLog(
    rollout: RolloutRef,
    pod: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<string> {
    const response = await this.request(
      `${rolloutPath(rollout)}/pods/${encodeURIComponent(pod)}/log`,
      { signal: options.signal },
    );
    await throwUnlessOk(response);
    return response.text();
  }

  async act(
    rollout: RolloutRef,
    action: RolloutAction,
    request: ActionRequest,
  ): Promise<ActionResult> {
    const client = await backendClient(this.backend, toActionError);
    const { data, response } = await client.request(
      'post',
      '/v1/rollouts/{cluster}/{namespace}/{name}/actions/{action}',
      { params: { path: { ...rollout, action } }, body: request },
    );
    if (data === undefined) {
      throw new RolloutActionError('The answer was empty.', response.status);
    }
    return data;
  }

  private async request(path: string, init: RequestInit): Promise<Response> {
    const { discoveryApi, fetchApi } = this.backend;
    const base = await discoveryApi.getBaseUrl('rollouts');
    return fetchApi.fetch(`${base}/v1${path}`, init);
  }
}

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/entities/${[kind, namespace, name].map(encodeURIComponent).join('/')}`;
}

function rolloutPath({ cluster, namespace, name }: RolloutRef): string {
  return `/rollouts/${[cluster, namespace, name].map(encodeURIComponent).join('/')}`;
}

async function throwUnlessOk(response: Response): Promise<void> {
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
}

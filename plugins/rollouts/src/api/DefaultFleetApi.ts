import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  createRolloutsClient,
  type FleetPage,
  type FleetStreamEvent,
  type FleetWaiting,
  type FreezeOccurrence,
  type RolloutsClient,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FleetApi, FleetRequest, FleetStreamMessage } from './FleetApi';
import { parseEventStream } from './parseEventStream';

/** All of them: one that is not here would be taken for a newer server's. */
const EVENT_TYPES = {
  reload: true,
  rows: true,
  removed: true,
  clusters: true,
  waiting: true,
  freezes: true,
  heartbeat: true,
} satisfies Record<FleetStreamEvent['type'], true>;

/** Asks the `rollouts` backend plugin about the fleet. @public */
export class DefaultFleetApi implements FleetApi {
  private readonly discoveryApi: DiscoveryApi;
  private readonly fetchApi: FetchApi;

  private constructor(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi;
  }

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): DefaultFleetApi {
    return new DefaultFleetApi(options);
  }

  async listFleet(
    request: FleetRequest,
    options: { signal?: AbortSignal } = {},
  ): Promise<FleetPage> {
    const client = await this.client();
    const { data } = await client.request('get', '/v1/fleet/rollouts', {
      params: { query: request },
      signal: options.signal,
      cache: 'no-store',
    });
    return read(data);
  }

  async listFleetWaiting(
    options: { signal?: AbortSignal } = {},
  ): Promise<FleetWaiting> {
    const client = await this.client();
    const { data } = await client.request('get', '/v1/fleet/waiting', {
      signal: options.signal,
      cache: 'no-store',
    });
    return read(data);
  }

  async listFreezeOccurrences(
    to: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<FreezeOccurrence[]> {
    const client = await this.client();
    const { data } = await client.request('get', '/v1/freezes/occurrences', {
      params: { query: { to } },
      signal: options.signal,
      cache: 'no-store',
    });
    return read(data).items;
  }

  async *streamFleet(options: {
    lastEventId?: string;
    signal: AbortSignal;
  }): AsyncGenerator<FleetStreamMessage> {
    const base = await this.discoveryApi.getBaseUrl('rollouts');
    const response = await this.fetchApi.fetch(`${base}/v1/fleet/stream`, {
      headers: {
        Accept: 'text/event-stream',
        ...(options.lastEventId
          ? { 'Last-Event-ID': options.lastEventId }
          : {}),
      },
      signal: options.signal,
      cache: 'no-store',
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    if (!response.body) {
      return;
    }
    for await (const { id, type, data } of parseEventStream(response.body)) {
      // An event of a newer server is not an error.
      if (Object.hasOwn(EVENT_TYPES, type)) {
        yield {
          id,
          event: { type, data: JSON.parse(data) } as FleetStreamEvent,
        };
      }
    }
  }

  private async client(): Promise<RolloutsClient> {
    return createRolloutsClient({
      baseUrl: await this.discoveryApi.getBaseUrl('rollouts'),
      fetch: async ({ url, method, headers, signal }) => {
        const response = await this.fetchApi.fetch(url, {
          method,
          headers,
          signal,
        });
        if (!response.ok) {
          throw await ResponseError.fromResponse(response);
        }
        return response;
      },
    });
  }
}

/** What is no error has a body. */
function read<T>(data: T | undefined): T {
  if (data === undefined) {
    throw new Error('The answer was empty.');
  }
  return data;
}

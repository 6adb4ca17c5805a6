import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  createRolloutsClient,
  type RolloutsClient,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** How the plugin's backend is reached, as the signed-in user. */
export interface Backend {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}

/**
 * The typed client over Backstage's own fetch.
 * @param toError - what an answer means that is no success
 */
export async function backendClient(
  { discoveryApi, fetchApi }: Backend,
  toError: (response: Response) => Promise<Error> = ResponseError.fromResponse,
): Promise<RolloutsClient> {
  return createRolloutsClient({
    baseUrl: await discoveryApi.getBaseUrl('rollouts'),
    fetch: async request => {
      // In parts: Backstage's middlewares make a Request of what they get,
      // each its own, and a Request with a body can be used only once.
      const { method, headers, signal } = request;
      const response = await fetchApi.fetch(request.url, {
        method,
        headers,
        signal,
        body: request.body ? await request.text() : undefined,
      });
      if (response.ok || response.status === 304) {
        return response;
      }
      throw await toError(response);
    },
  });
}

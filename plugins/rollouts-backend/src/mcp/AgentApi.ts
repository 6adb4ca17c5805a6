import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  createRolloutsClient,
  type RolloutsClient,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

const PLUGIN = 'rollouts';

/** What an endpoint answers, by the client of the API. */
interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The plugin's own HTTP API, called in the name of whoever the agent acts for.
 * An agent comes in by the same door as a browser: the same permissions, the
 * same gates, limits, checks and records, and no second way past them.
 */
export class AgentApi {
  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: DiscoveryService;
    },
  ) {}

  /** @throws NotAllowedError where nobody stands behind the agent */
  async as(credentials: BackstageCredentials): Promise<RolloutsClient> {
    const { auth, discovery } = this.options;
    if (!auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError(
        'Rollouts are shown and acted on in the name of a person. Sign in, or connect the agent on behalf of a user.',
      );
    }
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: PLUGIN,
    });
    return createRolloutsClient({
      baseUrl: await discovery.getBaseUrl(PLUGIN),
      fetch: request => {
        request.headers.set('Authorization', `Bearer ${token}`);
        return fetch(request);
      },
    });
  }
}

/**
 * The body of an answer.
 * @throws an error of the answer's kind, with what to do instead in its words
 */
export function bodyOf<T>({ data, error, response }: Answer<T>): T {
  if (response.ok && data !== undefined) {
    return data;
  }
  const { error: told, refusal } = (error ?? {}) as {
    error?: { message?: string };
    refusal?: { message: string; remedy?: string };
  };
  const message = [
    refusal?.message ?? told?.message ?? `HTTP ${response.status}`,
    refusal?.remedy,
  ]
    .filter(Boolean)
    .join(' ');
  switch (response.status) {
    case 400:
      throw new InputError(message);
    case 401:
    case 403:
      throw new NotAllowedError(message);
    case 404:
      throw new NotFoundError(message);
    case 409:
    case 423:
    case 429:
      throw new ConflictError(message);
    // Too much of it, or of another kind.
    case 413:
    case 415:
      throw new InputError(message);
    default:
      throw new ServiceUnavailableError(message);
  }
}

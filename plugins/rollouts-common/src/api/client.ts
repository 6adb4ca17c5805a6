import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema.gen';

/**
 * A typed client of the plugin's HTTP API, made from its OpenAPI description.
 * Every call answers with `{ data }` or `{ error, response }`.
 * @public
 */
export type RolloutsClient = Client<paths>;

/**
 * @param options - `baseUrl`: the plugin's base address, without the version;
 *   `fetch`: one that sends the caller's credentials
 * @public
 */
export function createRolloutsClient(options: {
  baseUrl: string;
  fetch: (input: Request) => Promise<Response>;
}): RolloutsClient {
  return createClient<paths>({
    baseUrl: options.baseUrl,
    fetch: options.fetch,
  });
}

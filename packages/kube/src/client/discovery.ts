import type { Resource } from '../resource';
import { NotFoundError } from './errors';
import { requestJson } from './requestJson';
import type { Transport } from './transport';
import type { ApiGroup, RequestOptions } from './types';

/** Asks an API server which kinds it serves, and in which versions. */
export class Discovery {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The API groups the server has, the core group left out. */
  async groups({ signal }: RequestOptions): Promise<ApiGroup[]> {
    const answer = await this.#get<{
      groups?: {
        name: string;
        versions: { version: string }[];
        preferredVersion?: { version: string };
      }[];
    }>('/apis', signal);
    return (answer.groups ?? []).map(group => {
      const versions = group.versions.map(({ version }) => version);
      return {
        name: group.name,
        versions,
        preferredVersion: group.preferredVersion?.version ?? versions[0] ?? '',
      };
    });
  }

  /** See `KubeClient.resolve`. */
  async resolve(
    resource: Resource,
    options: RequestOptions,
  ): Promise<Resource | undefined> {
    const group = resource.group
      ? (await this.groups(options)).find(({ name }) => name === resource.group)
      : { versions: [resource.version], preferredVersion: resource.version };
    if (!group) return undefined;
    const candidates = new Set(
      [resource.version, group.preferredVersion, ...group.versions].filter(
        version => group.versions.includes(version),
      ),
    );
    for (const version of candidates) {
      if (await this.#serves(resource, version, options)) {
        return { ...resource, version };
      }
    }
    return undefined;
  }

  async #serves(
    resource: Resource,
    version: string,
    { signal }: RequestOptions,
  ): Promise<boolean> {
    const path = resource.group
      ? `/apis/${resource.group}/${version}`
      : `/api/${version}`;
    try {
      const answer = await this.#get<{ resources?: { name: string }[] }>(
        path,
        signal,
      );
      return (answer.resources ?? []).some(
        ({ name }) => name === resource.plural,
      );
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
  }

  #get<T>(path: string, signal: AbortSignal | undefined): Promise<T> {
    return requestJson(this.#transport, { method: 'GET', path, signal });
  }
}

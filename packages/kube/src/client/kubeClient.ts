import type { KubeConfig } from '@kubernetes/client-node';
import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { type Clock, systemClock } from '../clock/clock';
import { ConnectionSource } from '../credentials/connection';
import { loadKubeConfig } from '../credentials/loadKubeConfig';
import type { Resource } from '../resource';
import { Discovery } from './discovery';
import { resourcePath } from './path';
import { requestJson } from './requestJson';
import { Transport, describe, type TransportRequest } from './transport';
import type {
  AnyObject,
  ApiGroup,
  DeleteOptions,
  KubeList,
  ListOptions,
  ObjectRef,
  ObjectToWrite,
  PatchOptions,
  PatchType,
  PodLogOptions,
  RequestOptions,
  ServerVersion,
  WatchOptions,
  WatchStream,
  WriteOptions,
} from './types';
import { LineWatchStream } from './watchStream';
import { RESOURCES } from '../resources';

export interface KubeClientOptions {
  /** Default 15 s. */
  requestTimeoutMilliseconds?: number;
  userAgent?: string;
  /** How often a request is repeated after a 429 with Retry-After; default 5. */
  maxRetries?: number;
  /** A longer Retry-After is thrown at once; default 30 s. */
  maxRetryAfterSeconds?: number;
  /** Reads the kubeconfig afresh when its credentials are refused. */
  reload?: () => KubeConfig;
  clock?: Clock;
}

const CONTENT_TYPES: Record<PatchType, string> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

/**
 * One API server, spoken to in plain JSON. Every method throws `KubeApiError`
 * (by status: `NotFoundError`, `ConflictError` …) when it refuses and
 * `UnreachableError` when it does not answer.
 */
export class KubeClient {
  readonly #connections: ConnectionSource;
  readonly #transport: Transport;
  readonly #discovery: Discovery;

  static fromKubeConfig(
    kubeConfig: KubeConfig,
    options: KubeClientOptions = {},
  ): KubeClient {
    const clock = options.clock ?? systemClock;
    const connections = new ConnectionSource({
      kubeConfig,
      reload: options.reload,
      clock,
    });
    const transport = new Transport({
      connections,
      clock,
      userAgent: options.userAgent ?? 'progressive-delivery',
      requestTimeoutMilliseconds: options.requestTimeoutMilliseconds ?? 15_000,
      maxRetries: options.maxRetries ?? 5,
      maxRetryAfterSeconds: options.maxRetryAfterSeconds ?? 30,
    });
    return new KubeClient(connections, transport);
  }

  /** Like `fromKubeConfig`; the file is read again when credentials are refused. */
  static fromFile(
    file: string,
    context?: string,
    options: KubeClientOptions = {},
  ): KubeClient {
    return KubeClient.fromKubeConfig(loadKubeConfig(file, context), {
      reload: () => loadKubeConfig(file, context),
      ...options,
    });
  }

  private constructor(connections: ConnectionSource, transport: Transport) {
    this.#connections = connections;
    this.#transport = transport;
    this.#discovery = new Discovery(transport);
  }

  get<T extends KubeObject = AnyObject>(
    resource: Resource,
    ref: ObjectRef,
    options: RequestOptions & { subresource?: string } = {},
  ): Promise<T> {
    const { subresource, signal } = options;
    return this.#json({
      method: 'GET',
      path: resourcePath(resource, { ...ref, subresource }),
      signal,
    });
  }

  /** One page, or all of it without `limit`. */
  list<T extends KubeObject = AnyObject>(
    resource: Resource,
    options: ListOptions = {},
  ): Promise<KubeList<T>> {
    const { namespace, signal, ...query } = options;
    return this.#json({
      method: 'GET',
      path: resourcePath(resource, { namespace }, query),
      signal,
    });
  }

  /** Creates in the object's own namespace. */
  create<T extends KubeObject = AnyObject>(
    resource: Resource,
    object: ObjectToWrite,
    options: WriteOptions = {},
  ): Promise<T> {
    const { subresource } = options;
    return this.#write('POST', resource, object, options, {
      namespace: object.metadata?.namespace,
      ...(subresource ? { name: object.metadata?.name, subresource } : {}),
    });
  }

  /** Replaces the whole object; its resourceVersion, if present, is a precondition. */
  replace<T extends KubeObject = AnyObject>(
    resource: Resource,
    object: ObjectToWrite & { metadata: ObjectRef },
    options: WriteOptions = {},
  ): Promise<T> {
    const { name, namespace } = object.metadata;
    const { subresource } = options;
    return this.#write('PUT', resource, object, options, {
      namespace,
      name,
      subresource,
    });
  }

  patch<T extends KubeObject = AnyObject>(
    resource: Resource,
    ref: ObjectRef,
    patch: unknown,
    options: PatchOptions,
  ): Promise<T> {
    const { subresource, signal, type } = options;
    return this.#json({
      method: 'PATCH',
      path: resourcePath(
        resource,
        { ...ref, subresource },
        { ...writeQuery(options), force: options.force },
      ),
      body: patch,
      contentType: CONTENT_TYPES[type],
      signal,
    });
  }

  /** The deleted object, or a `Status` where it is gone at once. */
  delete(
    resource: Resource,
    ref: ObjectRef,
    options: DeleteOptions = {},
  ): Promise<AnyObject> {
    const { signal, dryRun, ...rest } = options;
    return this.#json({
      method: 'DELETE',
      path: resourcePath(resource, ref),
      body: {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        ...rest,
        ...(dryRun ? { dryRun: ['All'] } : {}),
      },
      signal,
    });
  }

  /**
   * Evicts a pod as far as its disruption budgets allow.
   * @throws TooManyRequestsError when a budget does not allow it now.
   */
  async evict(
    ref: ObjectRef & { namespace: string },
    options: Pick<
      DeleteOptions,
      'signal' | 'gracePeriodSeconds' | 'preconditions'
    > = {},
  ): Promise<void> {
    const { signal, ...deleteOptions } = options;
    await this.#json({
      method: 'POST',
      path: resourcePath(RESOURCES.pods, { ...ref, subresource: 'eviction' }),
      body: {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: ref.name, namespace: ref.namespace },
        deleteOptions,
      },
      obeyRetryAfter: false,
      signal,
    });
  }

  podLog(
    ref: ObjectRef & { namespace: string },
    options: PodLogOptions = {},
  ): Promise<string> {
    const { signal, ...query } = options;
    return this.#transport.text({
      method: 'GET',
      path: resourcePath(RESOURCES.pods, { ...ref, subresource: 'log' }, query),
      headers: { accept: 'text/plain, application/json' },
      signal,
    });
  }

  /** Resolves once the server has accepted the watch. */
  async watch<T extends KubeObject = AnyObject>(
    resource: Resource,
    options: WatchOptions = {},
  ): Promise<WatchStream<T>> {
    const { namespace, signal, onActivity, ...query } = options;
    const request: TransportRequest = {
      method: 'GET',
      path: resourcePath(
        resource,
        { namespace },
        { ...query, watch: true, allowWatchBookmarks: true },
      ),
      signal,
    };
    const response = await this.#transport.stream(request);
    return new LineWatchStream(response, describe(request), onActivity);
  }

  /** The API groups the server has, the core group left out. */
  groups(options: RequestOptions = {}): Promise<ApiGroup[]> {
    return this.#discovery.groups(options);
  }

  /**
   * The kind as this cluster serves it: in the version asked for if it can,
   * else in the one it prefers. `undefined` when it does not have the kind.
   */
  resolve(
    resource: Resource,
    options: RequestOptions = {},
  ): Promise<Resource | undefined> {
    return this.#discovery.resolve(resource, options);
  }

  version(options: RequestOptions = {}): Promise<ServerVersion> {
    return this.#json({
      method: 'GET',
      path: '/version',
      signal: options.signal,
    });
  }

  /** Any other path, such as `/readyz`. */
  raw(path: string, options: RequestOptions = {}): Promise<string> {
    return this.#transport.text({
      method: 'GET',
      path,
      headers: { accept: '*/*' },
      signal: options.signal,
    });
  }

  /** Closes idle connections. Requests in flight fail. */
  close() {
    this.#connections.close();
  }

  #write<T>(
    method: 'POST' | 'PUT',
    resource: Resource,
    object: ObjectToWrite,
    options: WriteOptions,
    target: { namespace?: string; name?: string; subresource?: string },
  ): Promise<T> {
    // The kinds' own readers may leave these out: the address implies them.
    const typed = {
      apiVersion: resource.group
        ? `${resource.group}/${resource.version}`
        : resource.version,
      kind: resource.kind,
      ...object,
    };
    return this.#json({
      method,
      path: resourcePath(resource, target, writeQuery(options)),
      body: typed,
      signal: options.signal,
    });
  }

  #json<T>(request: TransportRequest): Promise<T> {
    return requestJson(this.#transport, request);
  }
}

function writeQuery(options: WriteOptions) {
  return {
    dryRun: options.dryRun ? 'All' : undefined,
    fieldManager: options.fieldManager,
  };
}

import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { asError } from '../client/asError';
import {
  ForbiddenError,
  GoneError,
  KubeApiError,
  NotFoundError,
  ProtocolError,
  UnauthorizedError,
} from '../client/errors';
import type { KubeClient } from '../client/kubeClient';
import type { AnyObject, WatchEvent, WatchStream } from '../client/types';
import { type Clock, pause, systemClock } from '../clock/clock';
import { BackgroundLoop } from '../loop/backgroundLoop';
import type { Resource } from '../resource';
import { type Store, storeKey } from '../store/store';
import { backoff } from '../clock/backoff';
import type {
  ReflectorCounters,
  ReflectorState,
  ReflectorStatus,
} from './status';
import { Watchdog } from './watchdog';

export interface ReflectorOptions<T extends KubeObject> {
  client: Pick<KubeClient, 'list' | 'watch'>;
  resource: Resource;
  store: Store<T>;
  /** All namespaces when left out. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /**
   * What is kept of each object; must keep name, namespace, uid and
   * resourceVersion. By default all but `managedFields`.
   */
  project?: (object: AnyObject) => T;
  /** Objects per list request; default 250. */
  pageSize?: number;
  /** How long the server lets a watch run; default 40 s. */
  watchSeconds?: number;
  /** Silence beyond `watchSeconds` that counts as a dead connection; default 10 s. */
  graceSeconds?: number;
  /** How soon a kind that is absent or forbidden is tried again; default 25 s. */
  recheckMilliseconds?: number;
  clock?: Clock;
  random?: () => number;
  onStatus?: (status: ReflectorStatus) => void;
}

/**
 * Keeps a store equal to one kind of objects in a cluster, by list and watch,
 * and says how well that goes. Whatever fails, it tries again by itself; the
 * store keeps what was last known.
 */
export class Reflector<T extends KubeObject> {
  readonly resource: Resource;
  readonly store: Store<T>;
  readonly #options: ReflectorOptions<T>;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #project: (object: AnyObject) => T;
  readonly #listeners = new Set<(status: ReflectorStatus) => void>();
  readonly #counters: ReflectorCounters = {
    lists: 0,
    restartedLists: 0,
    watches: 0,
    events: 0,
    bookmarks: 0,
    expired: 0,
    corrupt: 0,
    stalled: 0,
    failures: 0,
  };
  #state: ReflectorState = 'connecting';
  #lastSeen?: number;
  #heardAt?: number;
  #error?: Error;
  #resourceVersion?: string;
  #attempt = 0;
  readonly #background = new BackgroundLoop(signal => this.#loop(signal));

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.resource = options.resource;
    this.store = options.store;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#project = options.project ?? (withoutManagedFields as () => never);
    if (options.onStatus) this.#listeners.add(options.onStatus);
  }

  get status(): ReflectorStatus {
    return {
      state: this.#state,
      lastSeen: this.#lastSeen,
      silence: this.#silence(),
      error: this.#error,
      counters: { ...this.#counters },
    };
  }

  /** Calls back whenever the state or its reason changes. Returns a function that stops. */
  onStatus(callback: (status: ReflectorStatus) => void): () => void {
    this.#listeners.add(callback);
    return () => {
      this.#listeners.delete(callback);
    };
  }

  start() {
    this.#background.start();
  }

  /** Resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    await this.#background.stop();
    this.#become('stopped');
  }

  async #loop(signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) await this.#list(signal);
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        await pause(this.#clock, this.#failed(error), signal);
      }
    }
  }

  async #list(signal: AbortSignal) {
    const { client, resource, namespace, labelSelector, fieldSelector } =
      this.#options;
    const list = this.store.beginList();
    const objects = new Map<string, T>();
    let resourceVersion: string | undefined;
    let next: string | undefined;
    do {
      const page = await client.list<AnyObject>(resource, {
        namespace,
        labelSelector,
        fieldSelector,
        limit: this.#options.pageSize ?? 250,
        continue: next,
        signal,
      });
      this.#heard();
      // With an inconsistent continuation each page may carry another one;
      // watching from the first misses nothing.
      resourceVersion ??= page.metadata.resourceVersion;
      for (const item of page.items) {
        const object = this.#project(item);
        const { name, namespace: own } = object.metadata;
        objects.set(storeKey(own, name), object);
      }
      next = page.metadata.continue || undefined;
      await yieldToEventLoop();
    } while (next && !signal.aborted);
    signal.throwIfAborted();
    this.#counters.lists += 1;
    await this.store.replaceAll(objects, list, yieldToEventLoop);
    this.#resourceVersion = resourceVersion;
  }

  async #watch(signal: AbortSignal) {
    const { client, resource, namespace, labelSelector, fieldSelector } =
      this.#options;
    const watchSeconds = this.#options.watchSeconds ?? 40;
    const limit = (watchSeconds + (this.#options.graceSeconds ?? 10)) * 1000;
    const begun = this.#clock.monotonic();
    let stream: WatchStream<AnyObject> | undefined;
    const watchdog = new Watchdog(this.#clock, limit, () => stream?.close());
    try {
      stream = await client.watch<AnyObject>(resource, {
        namespace,
        labelSelector,
        fieldSelector,
        resourceVersion: this.#resourceVersion,
        timeoutSeconds: watchSeconds,
        signal,
        onActivity: () => {
          watchdog.heard();
          this.#heard();
        },
      });
      this.#counters.watches += 1;
      this.#heard();
      this.#become('live');
      watchdog.start();
      for await (const event of stream) {
        this.#apply(event);
        this.#attempt = 0;
      }
    } catch (error) {
      throw watchdog.silent ? this.#stalled(limit) : error;
    } finally {
      watchdog.stop();
    }
    // A server that ends watches at once must not be asked in a tight loop.
    if (this.#clock.monotonic() - begun >= 1000) this.#attempt = 0;
    else if (!signal.aborted) {
      await pause(this.#clock, this.#nextDelay(), signal);
    }
  }

  #apply(event: WatchEvent<AnyObject>) {
    this.#resourceVersion = event.object.metadata.resourceVersion;
    if (event.type === 'BOOKMARK') {
      this.#counters.bookmarks += 1;
      return;
    }
    this.#counters.events += 1;
    const object = this.#project(event.object);
    if (event.type === 'DELETED') this.store.remove(object);
    else this.store.put(object);
  }

  /** Notes a failure and says how long to wait before the next try. */
  #failed(error: unknown): number {
    const failure = asError(error);
    this.#counters.failures += 1;
    const recheck =
      (this.#options.recheckMilliseconds ?? 25_000) *
      (0.8 + 0.2 * this.#random());
    if (failure instanceof GoneError) {
      if (this.#resourceVersion === undefined) {
        this.#counters.restartedLists += 1;
      } else {
        this.#counters.expired += 1;
      }
      this.#resourceVersion = undefined;
      // The first relist is due at once; a server that keeps saying so is not.
      this.#attempt += 1;
      return this.#attempt === 1 ? 0 : this.#delay(this.#attempt - 2);
    }
    if (failure instanceof ForbiddenError) {
      this.#become('forbidden', failure);
      return recheck;
    }
    if (failure instanceof NotFoundError) {
      return this.#missing(failure, recheck);
    }
    if (failure instanceof ProtocolError) this.#counters.corrupt += 1;
    this.#become(
      failure instanceof UnauthorizedError ? 'unauthorized' : this.#lostState(),
      failure,
    );
    const asked =
      failure instanceof KubeApiError ? (failure.retryAfterSeconds ?? 0) : 0;
    return Math.max(asked * 1000, this.#nextDelay());
  }

  /** A kind that is really gone has no objects; one 404 may be a server that just starts. */
  #missing(failure: Error, recheck: number): number {
    if (this.#state === 'absent' && this.store.size > 0) {
      for (const object of this.store.list()) this.store.remove(object);
    }
    this.#resourceVersion = undefined;
    this.#become('absent', failure);
    return recheck;
  }

  #lostState(): ReflectorState {
    return this.store.synced ? 'stale' : 'connecting';
  }

  #stalled(milliseconds: number): Error {
    this.#counters.stalled += 1;
    return new Error(
      `Nothing came from the watch of ${this.resource.plural} for ${milliseconds / 1000} s; connecting again`,
    );
  }

  #nextDelay(): number {
    const delay = this.#delay(this.#attempt);
    this.#attempt += 1;
    return delay;
  }

  #delay(attempt: number): number {
    return backoff(attempt, {
      baseMilliseconds: 250,
      maxMilliseconds: 30_000,
      random: this.#random,
    });
  }

  #silence(): number | undefined {
    return this.#lastSeen === undefined || this.#heardAt === undefined
      ? undefined
      : Math.max(
          this.#clock.now() - this.#lastSeen,
          this.#clock.monotonic() - this.#heardAt,
        );
  }

  #heard() {
    this.#lastSeen = this.#clock.now();
    this.#heardAt = this.#clock.monotonic();
  }

  #become(state: ReflectorState, error?: Error) {
    const same =
      this.#state === state && this.#error?.message === error?.message;
    this.#state = state;
    this.#error = error;
    if (same) return;
    const status = this.status;
    for (const listener of this.#listeners) listener(status);
  }
}

function yieldToEventLoop(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

function withoutManagedFields(object: AnyObject): AnyObject {
  const { managedFields: _, ...metadata } = object.metadata as AnyObject &
    AnyObject['metadata'];
  return { ...object, metadata: metadata as AnyObject['metadata'] };
}

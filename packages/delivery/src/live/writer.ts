import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  NotFoundError,
  type AnyObject,
  type KubeClient,
  type Resource,
  type Store,
} from '@progressive-delivery/kube';
import type { Write } from '../rollout/plan';

/** The mirror has not shown a write for too long: deciding now could repeat it. */
export class MirrorLagError extends Error {
  readonly name = 'MirrorLagError';
}

/** This process may not write now: another controller leads, or none may. */
export class NotWritingError extends Error {
  readonly name = 'NotWritingError';
}

export interface WriterOptions {
  client: KubeClient;
  storeOf: (resource: Resource) => Store<KubeObject> | undefined;
  /** The kind in the version that the cluster serves. */
  served: (resource: Resource) => Resource;
  /** Asked before each write. */
  mayWrite: () => boolean;
  /** Told of each write that succeeded. */
  onWrite?: (verb: string, resource: Resource) => void;
  /** How long the mirror may take to show a write; default 10 s. */
  mirrorTimeoutMilliseconds?: number;
}

interface Expectation {
  store: Store<KubeObject>;
  written?: AnyObject;
  deleted?: KubeObject;
  /** Goes in its own time: that it is marked is all that is waited for. */
  evicted?: KubeObject;
}

/**
 * Writes of one turn at one key. Each carries the precondition with which it
 * was decided; `settled` then waits until the mirror shows them all, so that
 * the next turn cannot decide on an older view (fault 13).
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #expectations: Expectation[] = [];
  /** resourceVersions that this turn's own writes have given objects, by uid. */
  readonly #versions = new Map<string, string>();
  #attempts = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** @returns the object as it then is, unless the write removes it */
  async apply(
    planned: Write,
    signal: AbortSignal,
  ): Promise<AnyObject | undefined> {
    this.#check();
    this.#attempts += 1;
    const write = {
      ...planned,
      resource: this.#options.served(planned.resource),
    };
    switch (write.verb) {
      case 'create':
        return this.#wrote(
          'create',
          write.resource,
          await this.#options.client.create(write.resource, write.object, {
            signal,
          }),
        );
      case 'patch':
        return this.#patch(write, signal);
      default:
        await this.#remove(write, signal);
        return undefined;
    }
  }

  /** How many writes were sent, also those that were refused. */
  get attempts(): number {
    return this.#attempts;
  }

  /** Resolves once the mirror shows everything that was written. */
  async settled(): Promise<void> {
    const timeout = this.#options.mirrorTimeoutMilliseconds ?? 10_000;
    const seen = await Promise.all(
      this.#expectations.map(({ store, written, deleted, evicted }) => {
        if (deleted) return store.waitForDeletion(deleted, timeout);
        return evicted
          ? store.waitForDeletionMark(evicted, timeout)
          : store.waitFor(written as AnyObject, timeout);
      }),
    );
    if (seen.includes(false)) {
      throw new MirrorLagError(
        `the watch has not shown this controller's own write for ${timeout / 1000} s; not acting on an older view`,
      );
    }
  }

  /** The object as it was decided about, then as this turn's writes left it. */
  #seen<Precondition extends { uid: string; resourceVersion?: string }>(
    planned: Precondition,
  ): Precondition {
    const resourceVersion = this.#versions.get(planned.uid);
    return resourceVersion === undefined || !planned.resourceVersion
      ? planned
      : { ...planned, resourceVersion };
  }

  #check() {
    if (!this.#options.mayWrite()) {
      throw new NotWritingError(
        'not writing: this controller does not lead, or stands aside for another',
      );
    }
  }

  async #patch(
    write: Write & { verb: 'patch' },
    signal: AbortSignal,
  ): Promise<AnyObject> {
    const { resource, namespace, name, precondition, subresource } = write;
    const seen = this.#seen(precondition);
    const json = write.patchType === 'json';
    const patch = json ? guarded(write.patch, seen) : held(write.patch, seen);
    const send = (sub: 'status' | 'scale' | undefined) =>
      this.#options.client.patch(resource, { namespace, name }, patch, {
        type: json ? 'json' : 'merge',
        subresource: sub,
        signal,
      });
    let answer: AnyObject;
    try {
      answer = await send(subresource);
    } catch (error) {
      // A CRD without a status subresource takes the status on the object.
      if (subresource !== 'status' || !(error instanceof NotFoundError)) {
        throw error;
      }
      answer = await send(undefined);
    }
    return this.#wrote('patch', resource, answer);
  }

  async #remove(
    write: Write & { verb: 'delete' | 'evict' },
    signal: AbortSignal,
  ): Promise<void> {
    const { resource, namespace, name, precondition } = write;
    const ref = { namespace, name };
    if (write.verb === 'evict') {
      await this.#options.client.evict(ref, {
        preconditions: precondition,
        signal,
      });
      this.#options.onWrite?.('evict', resource);
      const pods = this.#options.storeOf(resource);
      const evicted = { metadata: { name, namespace, uid: precondition.uid } };
      if (pods) this.#expectations.push({ store: pods, evicted });
      return;
    }
    const answer = await this.#options.client.delete(resource, ref, {
      preconditions: this.#seen(precondition),
      propagationPolicy: 'Background',
      signal,
    });
    this.#options.onWrite?.('delete', resource);
    const store = this.#options.storeOf(resource);
    if (!store) return;
    // With finalizers or grace it stays for a while, marked.
    if (answer.kind !== 'Status' && answer.metadata?.deletionTimestamp) {
      this.#expectations.push({ store, written: answer });
      return;
    }
    const deleted = { metadata: { name, namespace, uid: precondition.uid } };
    this.#expectations.push({ store, deleted });
  }

  #wrote(verb: string, resource: Resource, answer: AnyObject): AnyObject {
    this.#options.onWrite?.(verb, resource);
    const { uid, resourceVersion } = answer.metadata;
    if (uid && resourceVersion && resource.kind === answer.kind) {
      this.#versions.set(uid, resourceVersion);
    }
    const store = this.#options.storeOf(resource);
    if (store) this.#expectations.push({ store, written: answer });
    return answer;
  }
}

interface Seen {
  uid: string;
  resourceVersion: string;
}

/** A merge patch that only applies to the object as it was seen. */
function held(patch: unknown, seen: Seen): Record<string, unknown> {
  const body = (patch ?? {}) as Record<string, unknown>;
  const metadata = (body.metadata ?? {}) as Record<string, unknown>;
  return { ...body, metadata: { ...metadata, ...seen } };
}

/** The same for a JSON patch. */
function guarded(patch: unknown, seen: Seen): unknown[] {
  return [
    { op: 'test', path: '/metadata/uid', value: seen.uid },
    {
      op: 'test',
      path: '/metadata/resourceVersion',
      value: seen.resourceVersion,
    },
    ...(Array.isArray(patch) ? patch : []),
  ];
}

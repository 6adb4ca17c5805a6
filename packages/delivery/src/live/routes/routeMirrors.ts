import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  Clock,
  KubeClient,
  Resource,
  Store,
} from '@progressive-delivery/kube';
import { kindKey } from '../../rollout/snapshot';
import { routeReferencesOf } from '../../traffic/registry';
import type { RouteReference, TrafficRouter } from '../../traffic/router';
import { LINGER } from '../linger';
import { RouteMirror } from './routeMirror';

export interface RouteMirrorsOptions {
  client: KubeClient;
  /** All namespaces when left out. */
  namespace?: string;
  clock: Clock;
  routers: readonly TrafficRouter[];
  onError: (error: unknown) => void;
  /** What is known of some kind may have changed. */
  onStatus: () => void;
}

/**
 * Mirrors of the kinds that rollouts route by, each from the first rollout
 * that asks for it. A cluster's account needs no right to any other.
 */
export class RouteMirrors {
  readonly #options: RouteMirrorsOptions;
  readonly #mirrors = new Map<string, RouteMirror>();
  readonly #known = new Map<string, boolean>();
  readonly #leaving = new Map<string, () => void>();
  readonly #subscribers = new Set<
    (resource: Resource, object?: KubeObject) => void
  >();
  #running = false;

  constructor(options: RouteMirrorsOptions) {
    this.#options = options;
  }

  /**
   * Calls back when an object has changed, and without one when a kind has
   * become readable or was found to be absent. Returns a function that stops.
   */
  subscribe(
    callback: (resource: Resource, object?: KubeObject) => void,
  ): () => void {
    this.#subscribers.add(callback);
    return () => {
      this.#subscribers.delete(callback);
    };
  }

  /** The objects that a rollout's routers read and write. */
  referencesOf(rollout: Rollout): RouteReference[] {
    return routeReferencesOf(rollout, this.#options.routers);
  }

  /** From now on these kinds are asked for, and no others. */
  want(kinds: readonly Resource[]): void {
    const wanted = new Set(kinds.map(kindKey));
    for (const kind of kinds) this.#mirror(kind);
    for (const key of this.#mirrors.keys()) {
      if (wanted.has(key)) {
        this.#leaving.get(key)?.();
        this.#leaving.delete(key);
      } else if (!this.#leaving.has(key)) {
        this.#leaving.set(
          key,
          this.#options.clock.after(LINGER, () => this.#drop(key)),
        );
      }
    }
  }

  get(resource: Resource, namespace: string, name: string) {
    return this.#of(resource)?.store.get(namespace, name);
  }

  list(resource: Resource, namespace: string): KubeObject[] {
    return this.#of(resource)?.store.list(namespace) ?? [];
  }

  /** Whether it may be decided on what is known of a kind. */
  isCurrent(resource: Resource): boolean {
    return this.#of(resource)?.current ?? false;
  }

  /** By `kindKey`: the version that is served, `null` when none is. */
  get servedKinds(): Record<string, string | null> {
    return Object.fromEntries(
      [...this.#mirrors].map(([key, mirror]) => [
        key,
        mirror.absent ? null : mirror.resource.version,
      ]),
    );
  }

  storeOf(resource: Resource): Store<KubeObject> | undefined {
    return this.#of(resource)?.store;
  }

  served(resource: Resource): Resource | undefined {
    return this.#of(resource)?.resource;
  }

  problems(): { resource: string; state: string; message?: string }[] {
    return [...this.#mirrors].flatMap(([, { resource, problem }]) =>
      problem
        ? [{ resource: `${resource.plural}.${resource.group}`, ...problem }]
        : [],
    );
  }

  start(): void {
    this.#running = true;
    for (const mirror of this.#mirrors.values()) mirror.start();
  }

  async stop(): Promise<void> {
    this.#running = false;
    for (const cancel of this.#leaving.values()) cancel();
    await Promise.all([...this.#mirrors.values()].map(each => each.stop()));
  }

  #of(resource: Resource): RouteMirror | undefined {
    return this.#mirrors.get(kindKey(resource));
  }

  #mirror(resource: Resource): void {
    const key = kindKey(resource);
    if (this.#mirrors.has(key)) return;
    const { routers: _, onStatus, ...options } = this.#options;
    const mirror: RouteMirror = new RouteMirror({
      ...options,
      resource,
      onObject: object => this.#tell(resource, object),
      onStatus: () => {
        const known = mirror.current && !mirror.absent;
        if (mirror.current && this.#known.get(key) !== known) {
          this.#known.set(key, known);
          this.#tell(resource);
        }
        onStatus();
      },
    });
    this.#mirrors.set(key, mirror);
    if (this.#running) mirror.start();
  }

  #drop(key: string): void {
    this.#leaving.delete(key);
    const mirror = this.#mirrors.get(key);
    this.#mirrors.delete(key);
    this.#known.delete(key);
    mirror?.stop().catch(this.#options.onError);
  }

  #tell(resource: Resource, object?: KubeObject): void {
    for (const subscriber of this.#subscribers) subscriber(resource, object);
  }
}

import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  Reflector,
  Store,
  type Clock,
  type KubeClient,
  type Resource,
} from '@progressive-delivery/kube';
import { isCurrent } from '../isCurrent';

export interface RouteMirrorOptions {
  client: KubeClient;
  /** In the version that is asked for first. */
  resource: Resource;
  /** All namespaces when left out. */
  namespace?: string;
  clock: Clock;
  onError: (error: unknown) => void;
  /** An object of the kind has changed. */
  onObject: (object: KubeObject) => void;
  /** What is known of the kind may have changed. */
  onStatus: () => void;
}

/** How soon a kind that is not there is looked for again; milliseconds. */
const RECHECK = 20_000;

/**
 * The objects of one routing kind. Its version is found out first: routers'
 * kinds come in several, and clusters differ in those that they serve, or lack
 * the kind until somebody installs it.
 */
export class RouteMirror {
  readonly store: Store<KubeObject>;
  readonly #options: RouteMirrorOptions;
  #reflector?: Reflector<KubeObject>;
  #absent = false;
  #error?: Error;
  #running = false;
  #cancel: () => void = () => {};

  constructor(options: RouteMirrorOptions) {
    this.#options = options;
    this.store = new Store({
      clock: options.clock,
      onSubscriberError: options.onError,
    });
    this.store.subscribe(({ object }) => options.onObject(object));
  }

  /** In the version that the cluster serves, as far as that is known. */
  get resource(): Resource {
    return this.#reflector?.resource ?? this.#options.resource;
  }

  /** The cluster lacks the kind. */
  get absent(): boolean {
    return this.#absent || this.#reflector?.status.state === 'absent';
  }

  /** What it shows is what the cluster has, or had a moment ago. */
  get current(): boolean {
    if (this.absent) return true;
    return isCurrent(this.#reflector);
  }

  /** Why it is not live; undefined when it is. */
  get problem(): { state: string; message?: string } | undefined {
    if (this.absent) return { state: 'absent' };
    const status = this.#reflector?.status;
    if (!status) {
      return { state: 'connecting', message: this.#error?.message };
    }
    return status.state === 'live'
      ? undefined
      : { state: status.state, message: status.error?.message };
  }

  start(): void {
    this.#running = true;
    void this.#look();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancel();
    await this.#reflector?.stop();
  }

  /** Finds the version that is served, as long as none, or no more, is. */
  async #look(): Promise<void> {
    try {
      if (!this.#reflector || this.#reflector.status.state === 'absent') {
        await this.#follow(
          await this.#options.client.resolve(this.#options.resource),
        );
      }
      this.#error = undefined;
    } catch (error) {
      // Whoever asks for the state is told; the next look tries again.
      this.#error = error instanceof Error ? error : new Error(String(error));
    }
    if (!this.#running) return;
    this.#options.onStatus();
    this.#cancel = this.#options.clock.after(RECHECK, () => {
      void this.#look();
    });
  }

  async #follow(served: Resource | undefined): Promise<void> {
    this.#absent = served === undefined;
    if (!served || served.version === this.#reflector?.resource.version) return;
    await this.#reflector?.stop();
    if (!this.#running) return;
    const { client, namespace, clock, onStatus } = this.#options;
    this.#reflector = new Reflector({
      client,
      resource: served,
      store: this.store,
      namespace: served.namespaced ? namespace : undefined,
      clock,
      onStatus,
    });
    this.#reflector.start();
  }
}

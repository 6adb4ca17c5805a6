import type { Pod } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RESOURCES,
  Reflector,
  type Clock,
  type KubeClient,
  type Store,
} from '@progressive-delivery/kube';
import { isCurrent } from './isCurrent';
import { LINGER } from './linger';

export interface PodMirrorOptions {
  client: KubeClient;
  /** All namespaces when left out. */
  namespace?: string;
  clock: Clock;
  store: Store<Pod>;
  onError: (error: unknown) => void;
  /** What is known of pods may have changed. */
  onStatus: () => void;
}

/**
 * Pods, for as long as some rollout asks for them. There are more of them than
 * of all else, and how many are ready and available their ReplicaSets say.
 */
export class PodMirror {
  readonly #options: PodMirrorOptions;
  readonly #listeners = new Set<() => void>();
  #reflector?: Reflector<Pod>;
  /** They have all been listed since they are asked for. */
  #known = false;
  #wanted = false;
  #running = false;
  #cancelLeave: () => void = () => {};

  constructor(options: PodMirrorOptions) {
    this.#options = options;
  }

  /** What it shows is what the cluster has, or had a moment ago. */
  get current(): boolean {
    return this.#known && isCurrent(this.#reflector);
  }

  /** Why pods that are asked for are not live; undefined when they are. */
  get problem(): { state: string; message?: string } | undefined {
    if (!this.#wanted) return undefined;
    const { state = 'connecting', error } = this.#reflector?.status ?? {};
    if (state === 'live') return undefined;
    // The store may be one that another reflector has filled.
    const isNew = state === 'stale' && !this.#known;
    return { state: isNew ? 'connecting' : state, message: error?.message };
  }

  /** Calls back when pods have become known. Returns a function that stops. */
  onKnown(callback: () => void): () => void {
    this.#listeners.add(callback);
    return () => {
      this.#listeners.delete(callback);
    };
  }

  /** Whether pods are asked for from now on. */
  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#cancelLeave();
    if (wanted) {
      this.#follow();
      this.#options.onStatus();
    } else {
      this.#cancelLeave = this.#options.clock.after(LINGER, () => {
        this.#leave().catch(this.#options.onError);
      });
    }
  }

  start(): void {
    this.#running = true;
    this.#follow();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelLeave();
    await this.#reflector?.stop();
  }

  #follow(): void {
    if (!this.#wanted || !this.#running || this.#reflector) return;
    const { client, namespace, clock, store, onStatus } = this.#options;
    this.#reflector = new Reflector<Pod>({
      client,
      resource: RESOURCES.pods,
      namespace,
      clock,
      store,
      onStatus: ({ state }) => {
        if (state === 'live' && !this.#known) {
          this.#known = true;
          for (const listener of this.#listeners) listener();
        }
        onStatus();
      },
    });
    this.#reflector.start();
  }

  async #leave(): Promise<void> {
    const { store } = this.#options;
    await this.#reflector?.stop();
    this.#reflector = undefined;
    this.#known = false;
    for (const pod of store.list()) store.remove(pod);
    // Somebody may have asked again meanwhile.
    this.#follow();
  }
}

import type { Pod } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RESOURCES,
  Reflector,
  type Clock,
  type KubeClient,
  type Store,
} from '@progressive-delivery/kube';
import { isCurrent } from './isCurrent';

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

/** How long pods that nobody asks for any more are still mirrored; milliseconds. */
const LINGER = 10 * 60_000;

/**
 * Pods, for as long as some rollout asks for them. There are more of them than
 * of all else, and how many are ready and available their ReplicaSets say.
 */
export class PodMirror {
  readonly #options: PodMirrorOptions;
  #reflector?: Reflector<Pod>;
  #wanted = false;
  #running = false;
  #cancelLeave: () => void = () => {};

  constructor(options: PodMirrorOptions) {
    this.#options = options;
  }

  /** What it shows is what the cluster has, or had a moment ago. */
  get current(): boolean {
    const reflector = this.#reflector;
    // What is in the store may be from the reflector before this one.
    return isCurrent(reflector) && reflector!.status.counters.lists > 0;
  }

  /** Why pods that are asked for are not live; undefined when they are. */
  get problem(): { state: string; message?: string } | undefined {
    if (!this.#wanted) return undefined;
    const { state = 'connecting', error } = this.#reflector?.status ?? {};
    return state === 'live' ? undefined : { state, message: error?.message };
  }

  /** Whether pods are asked for from now on. */
  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#cancelLeave();
    if (wanted) {
      this.#follow();
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
    const { onError: _, ...options } = this.#options;
    this.#reflector = new Reflector<Pod>({
      ...options,
      resource: RESOURCES.pods,
    });
    this.#reflector.start();
  }

  async #leave(): Promise<void> {
    const { store } = this.#options;
    const reflector = this.#reflector;
    this.#reflector = undefined;
    await reflector?.stop();
    // Whoever asked for them meanwhile lists them anew.
    if (this.#reflector) return;
    for (const pod of store.list()) store.remove(pod);
  }
}

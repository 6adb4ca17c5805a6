import {
  type Rollout,
  type RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { Notice } from './notices/Notice';
import { noticeOfStanding } from './notices/noticeOfStanding';
import { noticesOfChange, type RolloutGround } from './notices/noticesOfChange';
import { momentOf, type RolloutMoment } from './notices/RolloutMoment';

const LOOK_MILLISECONDS = 60_000;

export interface RolloutWatcherOptions {
  /** Resolves to whether it need not be told again. */
  tell: (notice: Notice) => Promise<boolean>;
  /** Of whom and what to speak; `undefined`: it belongs to nobody. */
  ground: (
    cluster: string,
    rollout: Rollout,
  ) => Omit<RolloutGround, 'ref'> | undefined;
  /** Whether a freeze lasts: then nobody is expected to go on. */
  isFrozen: (cluster: string, rollout: Rollout) => boolean;
  /** Whether what is known of a cluster is what is there: else nobody knows what stands still. */
  isFresh: (cluster: string) => boolean;
  /** How long an update may stand still, in milliseconds. */
  expected: number;
  clock: Clock;
}

/**
 * Learns from the mirror what happens to rollouts. What it sees for the first
 * time has no before, so a start tells nothing of what was so already.
 */
export class RolloutWatcher {
  readonly #options: RolloutWatcherOptions;
  readonly #known = new Map<
    string,
    { cluster: string; rollout: Rollout; moment: RolloutMoment }
  >();
  /** By rollout, the notice of its standing still that has been told. */
  readonly #told = new Map<string, string>();
  #run?: { controller: AbortController; done: Promise<void> };

  constructor(options: RolloutWatcherOptions) {
    this.#options = options;
  }

  changed(cluster: string, rollout: Rollout, gone: boolean): void {
    const key = keyOf(refOf(cluster, rollout));
    const before = this.#known.get(key);
    if (gone) {
      this.#forget(key);
      return;
    }
    // Told of its pods, too: then nothing happened that the rollout itself says.
    if (before?.rollout === rollout) {
      return;
    }
    const moment = momentOf(rollout);
    this.#known.set(key, { cluster, rollout, moment });
    if (before) {
      const ground = this.#ground(cluster, rollout);
      const notices = ground
        ? noticesOfChange(before.moment, moment, ground)
        : [];
      notices.forEach(notice => this.#options.tell(notice));
    }
  }

  /** Nobody watches it any more. */
  clusterRemoved(name: string): void {
    for (const [key, { cluster }] of this.#known) {
      if (cluster === name) {
        this.#forget(key);
      }
    }
  }

  /** What stands still for too long. */
  look(): void {
    const { clock, expected, isFresh, isFrozen } = this.#options;
    for (const [key, { cluster, rollout, moment }] of this.#known) {
      const ground =
        moment.moves && isFresh(cluster)
          ? this.#ground(cluster, rollout)
          : undefined;
      const notice =
        ground && noticeOfStanding(moment, clock.now(), expected, ground);
      if (
        notice &&
        this.#told.get(key) !== notice.key &&
        !isFrozen(cluster, rollout)
      ) {
        void this.#tellOfStanding(key, notice);
      }
    }
  }

  start(): void {
    const controller = new AbortController();
    this.#run = { controller, done: this.#loop(controller.signal) };
  }

  async stop(): Promise<void> {
    this.#run?.controller.abort();
    await this.#run?.done;
  }

  async #tellOfStanding(key: string, notice: Notice): Promise<void> {
    const isTold = await this.#options.tell(notice);
    if (isTold && this.#known.has(key)) {
      this.#told.set(key, notice.key);
    }
  }

  #forget(key: string): void {
    this.#known.delete(key);
    this.#told.delete(key);
  }

  #ground(cluster: string, rollout: Rollout): RolloutGround | undefined {
    const ground = this.#options.ground(cluster, rollout);
    return ground && { ...ground, ref: refOf(cluster, rollout) };
  }

  async #loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(this.#options.clock, LOOK_MILLISECONDS, signal);
      if (!signal.aborted) {
        this.look();
      }
    }
  }
}

function refOf(cluster: string, { metadata }: Rollout): RolloutRef {
  return {
    cluster,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
  };
}

function keyOf({ cluster, namespace, name }: RolloutRef): string {
  return `${cluster}/${namespace}/${name}`;
}

import { ForbiddenError, NotFoundError } from '../client/errors';
import type { KubeClient } from '../client/kubeClient';
import { type Clock, pause, systemClock } from '../clock/clock';
import { BackgroundLoop } from '../loop/backgroundLoop';
import { RESOURCES } from '../resources';
import type { Lease } from './lease';
import { LeaseObservation, type LeaseState } from './leaseObservation';

export interface LeaseObserverOptions {
  client: Pick<KubeClient, 'list'>;
  /** All namespaces when left out. */
  namespace?: string;
  /** Which leases are watched: several may match, such as one per instance id. */
  matches: (lease: Lease) => boolean;
  /** How often the leases are read; default 3 s. */
  intervalMilliseconds?: number;
  clock?: Clock;
  onChange?: (state: LeaseState, holder?: string) => void;
  /**
   * Told when the leases cannot be read. What is known stays, unless it is
   * forbidden to look: then it is unknown (`observing`) until it is allowed.
   */
  onError?: (error: unknown) => void;
}

const RANK: Record<LeaseState, number> = {
  absent: 0,
  stale: 1,
  observing: 2,
  fresh: 3,
};

/** Watches whether anybody holds one of some leases: see `LeaseObservation`. */
export class LeaseObserver {
  readonly #options: LeaseObserverOptions;
  readonly #clock: Clock;
  readonly #observations = new Map<string, LeaseObservation>();
  #state: LeaseState = 'observing';
  #holder?: string;
  #forbidden = false;
  readonly #background = new BackgroundLoop(signal => this.#loop(signal));

  constructor(options: LeaseObserverOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** `fresh` if any lease is, else `observing`, else `stale`, else `absent`. */
  get state(): LeaseState {
    return this.#state;
  }

  /** Who holds the lease that decides the state. */
  get holder(): string | undefined {
    return this.#holder;
  }

  /** The account may not read leases, so that who holds them is not known. */
  get forbidden(): boolean {
    return this.#forbidden;
  }

  start() {
    this.#background.start();
  }

  async stop(): Promise<void> {
    await this.#background.stop();
  }

  async #loop(signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        this.#look(await this.#read(signal));
      } catch (error) {
        if (signal.aborted) return;
        // Not to be able to look proves nothing: the last state holds. But
        // while the server answers others, that may have become false.
        if (error instanceof ForbiddenError) this.#forgotten();
        this.#options.onError?.(error);
      }
      await pause(
        this.#clock,
        this.#options.intervalMilliseconds ?? 3000,
        signal,
      );
    }
  }

  async #read(signal: AbortSignal): Promise<Lease[]> {
    try {
      const { namespace } = this.#options;
      const list = await this.#options.client.list<Lease>(RESOURCES.leases, {
        namespace,
        signal,
      });
      return list.items.filter(this.#options.matches);
    } catch (error) {
      if (error instanceof NotFoundError) return [];
      throw error;
    }
  }

  #look(leases: Lease[]) {
    const now = this.#clock.monotonic();
    const present = new Set(leases.map(keyOf));
    for (const key of this.#observations.keys()) {
      if (!present.has(key)) this.#observations.delete(key);
    }
    let state: LeaseState = 'absent';
    let holder: string | undefined;
    for (const lease of leases) {
      const key = keyOf(lease);
      const observation = this.#observations.get(key) ?? new LeaseObservation();
      this.#observations.set(key, observation);
      const seen = observation.observe(lease, now);
      if (RANK[seen] > RANK[state]) {
        state = seen;
        holder = lease.spec?.holderIdentity;
      }
    }
    this.#become(state, holder, false);
  }

  #forgotten() {
    this.#observations.clear();
    this.#become('observing', undefined, true);
  }

  #become(state: LeaseState, holder: string | undefined, forbidden: boolean) {
    const same =
      state === this.#state &&
      holder === this.#holder &&
      forbidden === this.#forbidden;
    if (same) return;
    this.#state = state;
    this.#holder = holder;
    this.#forbidden = forbidden;
    this.#options.onChange?.(state, holder);
  }
}

function keyOf(lease: Lease): string {
  return `${lease.metadata.namespace}/${lease.metadata.name}`;
}

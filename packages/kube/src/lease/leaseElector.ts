import { ConflictError, NotFoundError } from '../client/errors';
import type { KubeClient } from '../client/kubeClient';
import { type Clock, pause, systemClock } from '../clock/clock';
import { BackgroundLoop } from '../loop/backgroundLoop';
import { RESOURCES } from '../resources';
import type { Lease } from './lease';
import { LeaseObservation } from './leaseObservation';

export interface LeaseElectorOptions {
  client: Pick<KubeClient, 'get' | 'create' | 'replace'>;
  namespace: string;
  name: string;
  /** Unique among all who may want the lease. */
  identity: string;
  /** How long others wait after the last renewal they saw; default 15 s. */
  leaseDurationMilliseconds?: number;
  /** Without a renewal for this long, the leader steps down; default 10 s. */
  renewDeadlineMilliseconds?: number;
  /** Between tries; default 2 s. */
  retryMilliseconds?: number;
  clock?: Clock;
  random?: () => number;
  /** Begin to lead. The signal aborts when leading ends. */
  onStartedLeading: (signal: AbortSignal) => void;
  onStoppedLeading?: (reason: string) => void;
  /** Somebody holds the lease, be it this one from before a restart; told once for each who does. */
  onStandingBy?: (holder: string) => void;
  /** Told of every failed try; the elector goes on. */
  onError?: (error: unknown) => void;
}

/**
 * Holds a lease among several who want it. Expiry is judged by observation on
 * a monotonic clock, the write by the lease's resourceVersion; a leader that
 * could not renew in time, were it because its process stood still, steps down
 * before it does anything else (fault 15).
 */
export class LeaseElector {
  readonly #options: LeaseElectorOptions;
  readonly #clock: Clock;
  readonly #duration: number;
  readonly #deadline: number;
  readonly #retry: number;
  readonly #observation = new LeaseObservation();
  #leading?: { controller: AbortController; cancelDeadline: () => void };
  #renewedAt = 0;
  #held?: Lease;
  #standsBehind?: string;
  readonly #background = new BackgroundLoop(signal => this.#loop(signal));

  constructor(options: LeaseElectorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#duration = options.leaseDurationMilliseconds ?? 15_000;
    this.#deadline = options.renewDeadlineMilliseconds ?? 10_000;
    this.#retry = options.retryMilliseconds ?? 2000;
    if (this.#deadline >= this.#duration) {
      throw new TypeError(
        `renewDeadlineMilliseconds (${this.#deadline}) must be less than leaseDurationMilliseconds (${this.#duration}): a leader has to step down before others may take over`,
      );
    }
  }

  /** Whether this one leads at this very moment; ask before each write. */
  get isLeader(): boolean {
    return this.#leading !== undefined && !this.#overdue();
  }

  start() {
    this.#background.start();
  }

  /** Steps down and gives the lease free, so that another takes over at once. */
  async stop(): Promise<void> {
    await this.#background.stop();
    const free = this.isLeader ? this.#held : undefined;
    this.#stepDown('stopped');
    if (free) await this.#release(free);
  }

  async #loop(signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        await this.#try(signal);
      } catch (error) {
        if (!signal.aborted) this.#options.onError?.(error);
      }
      const jitter = 1 + 0.2 * (this.#options.random ?? Math.random)();
      await pause(this.#clock, this.#retry * jitter, signal);
    }
  }

  async #try(signal: AbortSignal) {
    if (this.#leading && this.#overdue()) {
      this.#stepDown('the lease was not renewed in time');
    }
    const { client, namespace, name, identity } = this.#options;
    const begun = this.#clock.monotonic();
    const lease = await this.#read(signal);
    this.#observation.observe(lease, this.#clock.monotonic());
    const mine = lease?.spec?.holderIdentity === identity;
    if (this.#leading && !mine) {
      this.#stepDown(
        `${lease?.spec?.holderIdentity || 'nobody'} holds the lease now`,
      );
    }
    // Its own lease from before a restart is another's until it has run out.
    if (!this.#leading && this.#observation.mayBeHeld) {
      this.#standBehind(lease?.spec?.holderIdentity ?? '');
      return;
    }
    const next = this.#next(lease, mine);
    try {
      this.#held = lease
        ? await client.replace<Lease>(RESOURCES.leases, next, { signal })
        : await client.create<Lease>(RESOURCES.leases, next, { signal });
    } catch (error) {
      if (error instanceof ConflictError) {
        this.#stepDown(`somebody else wrote lease ${namespace}/${name}`);
      }
      throw error;
    }
    this.#observation.observe(this.#held, this.#clock.monotonic());
    this.#renewed(begun);
  }

  #standBehind(holder: string) {
    if (holder === this.#standsBehind) return;
    this.#standsBehind = holder;
    this.#options.onStandingBy?.(holder);
  }

  async #read(signal: AbortSignal): Promise<Lease | undefined> {
    const { client, namespace, name } = this.#options;
    try {
      return await client.get<Lease>(
        RESOURCES.leases,
        { namespace, name },
        { signal },
      );
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  #next(lease: Lease | undefined, mine: boolean): Lease {
    const { namespace, name, identity } = this.#options;
    const now = microTime(this.#clock.now());
    const continues = mine && this.#leading !== undefined;
    return {
      ...lease,
      metadata: lease?.metadata ?? { name, namespace },
      spec: {
        ...lease?.spec,
        holderIdentity: identity,
        leaseDurationSeconds: Math.ceil(this.#duration / 1000),
        acquireTime: continues ? lease?.spec?.acquireTime : now,
        renewTime: now,
        leaseTransitions:
          (lease?.spec?.leaseTransitions ?? 0) + (lease && !mine ? 1 : 0),
      },
    };
  }

  /** `at` is when the renewal was begun: what others may have seen, not later. */
  #renewed(at: number) {
    this.#renewedAt = at;
    if (this.#overdue()) {
      this.#stepDown('the lease was not renewed in time');
      return;
    }
    const first = this.#leading === undefined;
    this.#leading?.cancelDeadline();
    const controller = this.#leading?.controller ?? new AbortController();
    const left = this.#deadline - (this.#clock.monotonic() - at);
    this.#leading = {
      controller,
      cancelDeadline: this.#clock.after(left, () =>
        this.#stepDown('the lease was not renewed in time'),
      ),
    };
    this.#standsBehind = undefined;
    if (first) this.#options.onStartedLeading(controller.signal);
  }

  #overdue(): boolean {
    return this.#clock.monotonic() - this.#renewedAt >= this.#deadline;
  }

  #stepDown(reason: string) {
    const leading = this.#leading;
    if (!leading) return;
    this.#leading = undefined;
    leading.cancelDeadline();
    leading.controller.abort(new Error(`No longer leader: ${reason}`));
    this.#options.onStoppedLeading?.(reason);
  }

  async #release(lease: Lease) {
    const free: Lease = {
      ...lease,
      spec: { ...lease.spec, holderIdentity: '', leaseDurationSeconds: 1 },
    };
    try {
      await this.#options.client.replace<Lease>(RESOURCES.leases, free);
    } catch (error) {
      // Others take over once it has run out.
      this.#options.onError?.(error);
    }
  }
}

function microTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}

import type { Lease } from './lease';

/**
 * absent: no lease, or nobody holds it; observing: not watched long enough to
 * tell; fresh: renewed within its duration; stale: not renewed for that long.
 */
export type LeaseState = 'absent' | 'observing' | 'fresh' | 'stale';

/**
 * Judges a lease by what is seen of it and when, never by comparing its
 * timestamps with the local clock: the holder's clock may be off by an hour
 * (fault 17). So a lease counts as held until it has stood still for its
 * whole duration before one's own eyes.
 */
export class LeaseObservation {
  #record?: string;
  #since = 0;
  #renewals = 0;
  #state: LeaseState = 'observing';

  /** Whether the holder must be presumed to act: `fresh` or not known yet. */
  get mayBeHeld(): boolean {
    return this.#state === 'fresh' || this.#state === 'observing';
  }

  get state(): LeaseState {
    return this.#state;
  }

  /**
   * Takes note of the lease as just read.
   * @param monotonic - milliseconds on a clock that never goes back
   */
  observe(lease: Lease | undefined, monotonic: number): LeaseState {
    const holder = lease?.spec?.holderIdentity;
    if (!lease || !holder) {
      this.#record = undefined;
      this.#state = 'absent';
      return this.#state;
    }
    const record = JSON.stringify([
      holder,
      lease.spec?.renewTime,
      lease.spec?.acquireTime,
    ]);
    if (record !== this.#record) {
      // The first sight of a lease is no renewal: it may be a dead one.
      this.#renewals = this.#record === undefined ? 0 : this.#renewals + 1;
      this.#record = record;
      this.#since = monotonic;
    }
    const duration = (lease.spec?.leaseDurationSeconds ?? 15) * 1000;
    if (monotonic - this.#since > duration) this.#state = 'stale';
    else this.#state = this.#renewals > 0 ? 'fresh' : 'observing';
    return this.#state;
  }
}

import type { Clock } from '@progressive-delivery/kube';

/** How much a bucket holds, and how fast it fills. */
export interface BucketSize {
  /** At once, by who has done nothing for a while. */
  most: number;
  perSecond: number;
}

interface Bucket {
  tokens: number;
  /** Milliseconds on the monotonic clock. */
  filledAt: number;
}

/** Above this the buckets that are full again are dropped. */
const MANY_BUCKETS = 1_000;

/** A token bucket per person, in this process. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly size: BucketSize,
  ) {}

  /**
   * Takes one from a person's bucket.
   *
   * @returns whole seconds to wait when it is empty, at least one
   */
  take(principal: string): number | undefined {
    const tokens = this.#tokens(this.#buckets.get(principal));
    if (tokens < 1) return Math.ceil((1 - tokens) / this.size.perSecond);
    this.#buckets.set(principal, {
      tokens: tokens - 1,
      filledAt: this.clock.monotonic(),
    });
    if (this.#buckets.size > MANY_BUCKETS) this.#dropFull();
    return undefined;
  }

  #tokens(bucket: Bucket | undefined): number {
    const { most, perSecond } = this.size;
    if (!bucket) return most;
    const seconds = (this.clock.monotonic() - bucket.filledAt) / 1_000;
    return Math.min(most, bucket.tokens + seconds * perSecond);
  }

  #dropFull(): void {
    for (const [principal, bucket] of this.#buckets) {
      if (this.#tokens(bucket) >= this.size.most) {
        this.#buckets.delete(principal);
      }
    }
  }
}

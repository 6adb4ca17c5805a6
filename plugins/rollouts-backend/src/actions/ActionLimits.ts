import type { Clock } from '@progressive-delivery/kube';

/** More than anybody decides, less than a script does harm with. */
const MOST_AT_ONCE = 30;
const PER_SECOND = 0.5;
/** Above this the buckets that are full again are dropped. */
const MANY_BUCKETS = 1_000;

interface Bucket {
  tokens: number;
  /** Milliseconds on the monotonic clock. */
  filledAt: number;
}

/** Too many actions of one person; the router answers 429. */
export class TooManyActionsError extends Error {
  constructor(
    /** Whole seconds, at least one. */
    readonly retryAfter: number,
  ) {
    super(
      `You have sent too many actions in a short time. Try again in ${retryAfter} s; abort is possible at any time.`,
    );
    this.name = 'TooManyActionsError';
  }
}

/** A token bucket per person, in this process. */
export class ActionLimits {
  readonly #buckets = new Map<string, Bucket>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /** @throws TooManyActionsError when the person has used up what they may */
  take(principal: string): void {
    const tokens = this.#tokens(this.#buckets.get(principal));
    if (tokens < 1) {
      throw new TooManyActionsError(Math.ceil((1 - tokens) / PER_SECOND));
    }
    this.#buckets.set(principal, {
      tokens: tokens - 1,
      filledAt: this.clock.monotonic(),
    });
    if (this.#buckets.size > MANY_BUCKETS) {
      this.#dropFull();
    }
  }

  #tokens(bucket: Bucket | undefined): number {
    if (!bucket) {
      return MOST_AT_ONCE;
    }
    const seconds = (this.clock.monotonic() - bucket.filledAt) / 1_000;
    return Math.min(MOST_AT_ONCE, bucket.tokens + seconds * PER_SECOND);
  }

  #dropFull(): void {
    for (const [principal, bucket] of this.#buckets) {
      if (this.#tokens(bucket) >= MOST_AT_ONCE) {
        this.#buckets.delete(principal);
      }
    }
  }
}

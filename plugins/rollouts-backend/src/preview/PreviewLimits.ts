import type { Clock } from '@progressive-delivery/kube';
import { TokenBuckets } from '../limits/TokenBuckets';

/** Enough for a form that asks while somebody types. */
const SIZE = { most: 60, perSecond: 2 };

/** Too many previews of one person; the router answers 429. */
export class TooManyPreviewsError extends Error {
  readonly name = 'TooManyPreviewsError';
  constructor(
    /** Whole seconds, at least one. */
    readonly retryAfter: number,
  ) {
    super(
      `You have linted or simulated too often in a short time. Try again in ${retryAfter} s.`,
    );
  }
}

/** How often a person may lint or simulate, in this process. */
export class PreviewLimits {
  readonly #buckets: TokenBuckets;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#buckets = new TokenBuckets(clock, SIZE);
  }

  /** @throws TooManyPreviewsError */
  take(principal: string): void {
    const wait = this.#buckets.take(principal);
    if (wait !== undefined) throw new TooManyPreviewsError(wait);
  }
}

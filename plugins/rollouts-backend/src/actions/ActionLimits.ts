import type { Clock } from '@progressive-delivery/kube';
import { TokenBuckets } from '../limits/TokenBuckets';

/** More than anybody decides, less than a script does harm with. */
const SIZE = { most: 30, perSecond: 0.5 };

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

/** How many actions a person may take, in this process. */
export class ActionLimits {
  readonly #buckets: TokenBuckets;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#buckets = new TokenBuckets(clock, SIZE);
  }

  /** @throws TooManyActionsError when the person has used up what they may */
  take(principal: string): void {
    const wait = this.#buckets.take(principal);
    if (wait !== undefined) throw new TooManyActionsError(wait);
  }
}

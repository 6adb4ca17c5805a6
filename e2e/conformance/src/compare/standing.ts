import type { Played } from '../play/playAll';
import type { Aspects } from './compareAspects';
import type { Difference } from './difference';

/** What a rollout says at the end. */
const MESSAGE = 'app: message';

/**
 * The difference that says where ours stands in a scenario: at a milestone that
 * it does not reach, or at its end. Only where the reference does not stand.
 */
export function standingAt(
  documented: Difference[],
  { failure, aspects }: Pick<Played, 'failure' | 'aspects'>,
  reference: Aspects,
): Difference | undefined {
  const lastOf = (seen: Aspects = {}) => seen[MESSAGE]?.at(-1)?.value;
  const ours = failure ?? lastOf(aspects);
  const theirs = lastOf(reference);
  return documented.find(
    ({ standsAt }) =>
      standsAt &&
      ours !== undefined &&
      standsAt.test(ours) &&
      !(theirs !== undefined && standsAt.test(theirs)),
  );
}

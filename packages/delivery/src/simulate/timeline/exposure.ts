import type { TimelineSample } from './timeline';

/**
 * The new version's share of the traffic, summed over time, in milliseconds of
 * all the traffic.
 *
 * @param from - milliseconds from the beginning, as in the samples
 */
export function exposureOf(
  samples: readonly Pick<TimelineSample, 'at' | 'share'>[],
  from: number,
  until: number,
): number {
  return samples.reduce((sum, { at, share }, i) => {
    const begins = Math.max(at, from);
    const ends = Math.min(samples[i + 1]?.at ?? until, until);
    return ends > begins ? sum + ((ends - begins) * share) / 100 : sum;
  }, 0);
}

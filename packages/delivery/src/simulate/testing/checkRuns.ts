import type * as FastCheck from 'fast-check';
import { checkRun } from './checkRun';
import type { RandomRun } from './randomRun';

/**
 * Plays random runs. `INVARIANT_SEED` plays those of a seed again.
 *
 * @throws what fast-check throws, with the seed and the shortest run that
 * fails, as JSON for `foundRuns.test.ts`
 */
export function checkRuns(
  fc: typeof FastCheck,
  runs: FastCheck.Arbitrary<RandomRun>,
  numRuns: number,
): void {
  const { INVARIANT_SEED: seed } = process.env;
  fc.assert(fc.property(runs, checkRun), {
    numRuns,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    // With what went wrong in the message, not beside it.
    includeErrorInReport: true,
  });
}

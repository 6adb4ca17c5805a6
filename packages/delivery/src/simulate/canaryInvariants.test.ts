import * as fc from 'fast-check';
import { checkRuns } from './testing/checkRuns';
import { randomCanary, randomRun } from './testing/randomRun';

const RUNS = Number(process.env.INVARIANT_RUNS ?? 5_000);

describe('a canary, whatever happens to it', () => {
  it('keeps the invariants (I1-I6, I9) and comes to rest (I5, I10)', () => {
    expect(() =>
      checkRuns(fc, randomRun(fc, randomCanary(fc)), RUNS),
    ).not.toThrow();
  }, 900_000);
});

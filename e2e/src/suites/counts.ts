import type { Counts } from './suite';

export const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, counts) => ({
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    }),
    NOTHING,
  );
}

/** The closing line, which other programs read. */
export function summary(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

/** Counts of a report that `jest --json` wrote. A file that could not run is a failure. */
export function countJest(report: {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}): Counts {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts of Playwright's JSON report. Errors outside of tests are failures. */
export function countPlaywright(report: {
  stats: {
    expected: number;
    unexpected: number;
    flaky: number;
    skipped: number;
  };
  errors: unknown[];
}): Counts {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skipped,
  };
}

/**
 * The counts of a suite that ended with this exit code. A suite that fails
 * without saying which test did counts as one failure, so that the sum can
 * never look green.
 */
export function judge(
  exitCode: number,
  count: (() => Counts) | undefined,
): Counts {
  let counts: Counts | undefined;
  try {
    counts = count?.();
  } catch {
    // No report: the suite did not get as far as writing one.
    return { ...NOTHING, failed: 1 };
  }
  counts ??= { ...NOTHING, passed: exitCode === 0 ? 1 : 0 };
  return exitCode !== 0 && counts.failed === 0
    ? { ...counts, failed: 1 }
    : counts;
}

import { countJest, countPlaywright, judge, sum, summary } from './counts';

const jestReport = {
  numPassedTests: 7,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  numRuntimeErrorTestSuites: 1,
};

describe('counts', () => {
  it('counts a test file that could not run as a failure', () => {
    expect(countJest(jestReport)).toEqual({ passed: 7, failed: 2, skipped: 3 });
  });

  it('counts an error outside of tests as a failure', () => {
    expect(
      countPlaywright({
        stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 },
        errors: [{}],
      }),
    ).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });

  it('sums up in the line that others read', () => {
    expect(
      summary(
        sum([
          { passed: 1, failed: 0, skipped: 2 },
          { passed: 3, failed: 1, skipped: 0 },
        ]),
      ),
    ).toBe('4 passed, 1 failed, 2 skipped');
  });
});

describe('judge', () => {
  const green = () => ({ passed: 5, failed: 0, skipped: 0 });

  it('counts a suite without a report by its exit code', () => {
    expect(judge(0, undefined)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(judge(2, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('does not believe a green report of a suite that failed', () => {
    expect(judge(1, green)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });

  it('counts a missing report as a failure, even after exit code 0', () => {
    expect(
      judge(0, () => {
        throw new Error('ENOENT');
      }),
    ).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

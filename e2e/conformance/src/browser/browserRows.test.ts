import { browserRows } from './browserRows';

const test = (status: 'expected' | 'unexpected' | 'flaky' | 'skipped') => ({
  status,
  results: [{ errors: status === 'unexpected' ? [{ message: 'no' }] : [] }],
});

describe('browserRows', () => {
  it('counts each test once, in nested suites too, and a flaky one as failed', () => {
    const rows = browserRows({
      suites: [
        {
          specs: [{ title: 'a', tests: [test('expected')] }],
          suites: [
            {
              specs: [
                { title: 'b', tests: [test('unexpected')] },
                { title: 'c', tests: [test('skipped'), test('flaky')] },
              ],
            },
          ],
        },
      ],
      errors: [],
    });
    expect(rows.map(({ outcome }) => outcome)).toEqual([
      'same',
      'different',
      'skipped',
      'different',
    ]);
    expect(rows[1]?.details).toEqual(['no']);
  });

  it('an error outside of the tests is a failure', () => {
    expect(
      browserRows({ suites: [], errors: [{ message: 'no tests found' }] }),
    ).toEqual([
      expect.objectContaining({
        outcome: 'different',
        details: ['no tests found'],
      }),
    ]);
  });
});

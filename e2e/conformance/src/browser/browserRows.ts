import type { Outcome, Row } from '../report/report';

/** What is read of Playwright's JSON report. */
export interface BrowserReport {
  suites: BrowserSuite[];
  /** Outside of any test. */
  errors: { message?: string }[];
}

interface BrowserSuite {
  specs: {
    title: string;
    tests: {
      status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
      results: { errors: { message?: string }[] }[];
    }[];
  }[];
  suites?: BrowserSuite[];
}

const OUTCOMES: Record<string, Outcome> = {
  expected: 'same',
  skipped: 'skipped',
};

/** One row for each test of a browser run, and for each error beside them. */
export function browserRows({ suites, errors }: BrowserReport): Row[] {
  return [
    ...suites.flatMap(rowsOf),
    ...errors.map(({ message }): Row => ({
      scenario: 'browser · outside of the tests',
      outcome: 'different',
      details: linesOf(message),
    })),
  ];
}

function rowsOf({ specs, suites = [] }: BrowserSuite): Row[] {
  return [
    ...specs.flatMap(({ title, tests }) =>
      tests.map(({ status, results }): Row => ({
        scenario: `browser · ${title}`,
        outcome: OUTCOMES[status] ?? 'different',
        details: results.flatMap(result =>
          result.errors.flatMap(({ message }) => linesOf(message)),
        ),
      })),
    ),
    ...suites.flatMap(rowsOf),
  ];
}

function linesOf(message = 'no message'): string[] {
  return message.split('\n').slice(0, 12);
}

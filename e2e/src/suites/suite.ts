/** How many tests of a suite ended how. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** One program whose tests are counted. */
export interface Suite {
  name: string;
  group: 'lint' | 'types' | 'unit' | 'browser';
  /** Run by this Node, in `cwd` or at the root of the repository. */
  args: string[];
  cwd?: string;
  env?: Record<string, string>;
  /** Reads the counts from the suite's report; without it the exit code is one test. */
  count?: () => Counts;
}

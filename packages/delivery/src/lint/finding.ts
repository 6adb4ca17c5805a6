/** How bad a finding is. @public */
export type Severity = 'error' | 'warning' | 'info';

/** From the mildest to the worst. */
export const SEVERITIES: readonly Severity[] = ['info', 'warning', 'error'];

/** Where in a file; lines and columns are counted from 1. @public */
export interface Position {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** One thing that a rule found. @public */
export interface Finding extends Position {
  /** Id of the rule. */
  rule: string;
  severity: Severity;
  /** What is wrong here, in a sentence. */
  message: string;
  /** What to do, in a sentence. */
  fix: string;
  file: string;
  /** Whose manifest it is in; absent where a file cannot be read. */
  object?: { kind: string; namespace?: string; name: string };
  /** `spec.strategy.canary.steps[1].pause`; absent: the object itself. */
  field?: string;
  /** Why it does not count: the reason that somebody gave. */
  suppressed?: string;
}

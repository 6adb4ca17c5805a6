import type { LintResult } from '../lint';

/** `{ findings, suppressed, checked }`, as `LintResult` describes them. */
export function lintJson(result: LintResult): string {
  return `${JSON.stringify(result, undefined, 2)}\n`;
}

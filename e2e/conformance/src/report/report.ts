/** `open`: differs, neither meant nor mended yet; counts as skipped. */
export type Outcome = 'same' | 'documented' | 'different' | 'open' | 'skipped';

/** One row of the conformance table. */
export interface Row {
  scenario: string;
  outcome: Outcome;
  /** What differs, or why it was left out. */
  details: string[];
  /** Why a documented difference is one, or what is to be done about the row. */
  reason?: string;
}

const WORDS: Record<Outcome, string> = {
  same: 'same',
  documented: 'differs, documented',
  different: 'DIFFERS',
  open: 'open',
  skipped: 'skipped',
};

export function formatRow({ scenario, outcome, details, reason }: Row): string {
  const lines = [`${WORDS[outcome].padEnd(20)} ${scenario}`];
  if (reason) lines.push(`                       ${reason}`);
  if (outcome !== 'same' || reason) {
    lines.push(...details.map(detail => `                       ${detail}`));
  }
  return lines.join('\n');
}

/** The last line of a run. */
export function summary(rows: Row[]): string {
  const count = (...outcomes: Outcome[]) =>
    rows.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return `${count('same', 'documented')} passed, ${count('different')} failed, ${count('open', 'skipped')} skipped`;
}

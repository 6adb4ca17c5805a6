import type { Row } from '../report/report';

/** A difference that is meant: exactly these values are left out or added. */
export interface DocumentedDifference {
  /** Of which aspects; matched against the whole name. */
  aspect: RegExp;
  reason: string;
  /** What the reference shows and ours does not. */
  onlyReference?: string[];
  /** What ours shows and the reference does not. */
  onlyOurs?: string[];
}

/** Compares two runs of a scenario, one row for each aspect. */
export function compareAspects(
  scenario: string,
  reference: Record<string, string[]>,
  ours: Record<string, string[]>,
  documented: DocumentedDifference[],
): Row[] {
  const aspects = new Set([...Object.keys(reference), ...Object.keys(ours)]);
  return [...aspects].sort().map(aspect => {
    const left = reference[aspect] ?? [];
    const right = ours[aspect] ?? [];
    const row = { scenario: `${scenario} · ${aspect}` };
    const details = [
      `reference: ${left.join(' → ') || 'nothing'}`,
      `ours:      ${right.join(' → ') || 'nothing'}`,
    ];
    if (same(left, right)) return { ...row, outcome: 'same', details };
    const known = documented.find(
      difference =>
        difference.aspect.test(aspect) &&
        same(
          without(left, difference.onlyReference),
          without(right, difference.onlyOurs),
        ),
    );
    return known
      ? { ...row, outcome: 'documented', details, reason: known.reason }
      : { ...row, outcome: 'different', details };
  });
}

function without(values: string[], left: string[] = []): string[] {
  return values
    .filter(value => !left.includes(value))
    .filter((value, index, all) => value !== all[index - 1]);
}

function same(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

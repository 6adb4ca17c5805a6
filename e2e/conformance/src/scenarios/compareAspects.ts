import type { Row } from '../report/report';
import { tellTheSame } from './alignPhases';
import type { Phase } from './timeline';

/** What was to be seen in a scenario, by aspect. */
export type Aspects = Record<string, Phase[]>;

/** A difference that is meant: exactly these values are left out or added. */
export interface DocumentedDifference {
  /** Of which aspects; matched against the name. */
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
  reference: Aspects,
  ours: Aspects,
  documented: DocumentedDifference[],
): Row[] {
  const aspects = new Set([...Object.keys(reference), ...Object.keys(ours)]);
  return [...aspects].sort().map(aspect => {
    const left = reference[aspect] ?? [];
    const right = ours[aspect] ?? [];
    const row = {
      scenario: `${scenario} · ${aspect}`,
      details: [`reference: ${inWords(left)}`, `ours:      ${inWords(right)}`],
    };
    if (tellTheSame(left, right)) return { ...row, outcome: 'same' };
    const known = documented.find(difference =>
      explains(difference, aspect, left, right),
    );
    return known
      ? { ...row, outcome: 'documented', reason: known.reason }
      : { ...row, outcome: 'different' };
  });
}

function explains(
  { aspect: names, onlyReference = [], onlyOurs = [] }: DocumentedDifference,
  aspect: string,
  left: Phase[],
  right: Phase[],
): boolean {
  const shows = (phases: Phase[], values: string[]) =>
    values.every(value => phases.some(phase => phase.value === value));
  const without = (phases: Phase[], values: string[]) =>
    phases.filter(({ value }) => !values.includes(value));
  return (
    names.test(aspect) &&
    // A difference that has gone is news as well.
    shows(left, onlyReference) &&
    shows(right, onlyOurs) &&
    tellTheSame(without(left, onlyReference), without(right, onlyOurs))
  );
}

function inWords(phases: Phase[]): string {
  return (
    phases
      .map(({ value, brief }) => (brief ? `[${value}]` : value))
      .join(' → ') || 'nothing'
  );
}

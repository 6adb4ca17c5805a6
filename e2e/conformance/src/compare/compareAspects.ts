import type { Phase } from '../observe/timeline';
import type { Row } from '../report/report';
import { tellTheSame } from './alignPhases';
import { withPassing } from './passing';

/** What was to be seen in a scenario, by aspect. */
export type Aspects = Record<string, Phase[]>;

/** A difference that is meant: exactly these values are left out or added. */
export interface DocumentedDifference {
  /** Of which aspects; matched against the name. */
  aspect: RegExp;
  reason: string;
  /** What the reference shows and ours does not. */
  onlyReference?: (string | RegExp)[];
  /** What ours shows and the reference does not. */
  onlyOurs?: (string | RegExp)[];
}

/** One row for each aspect; documented ones name their reasons. */
export function compareAspects(
  scenario: string,
  reference: Aspects,
  ours: Aspects,
  documented: DocumentedDifference[],
): Row[] {
  const aspects = new Set([...Object.keys(reference), ...Object.keys(ours)]);
  return [...aspects].sort().map(aspect => {
    const left = withPassing(aspect, reference[aspect] ?? []);
    const right = withPassing(aspect, ours[aspect] ?? []);
    const row = {
      scenario: `${scenario} · ${aspect}`,
      details: [`reference: ${inWords(left)}`, `ours:      ${inWords(right)}`],
    };
    if (tellTheSame(left, right)) return { ...row, outcome: 'same' };
    const reasons = explanations(documented, aspect, left, right);
    return reasons
      ? { ...row, outcome: 'documented', reason: reasons.join('; ') }
      : { ...row, outcome: 'different' };
  });
}

/** The reasons that, all together, explain a difference; none if they do not. */
function explanations(
  documented: DocumentedDifference[],
  aspect: string,
  left: Phase[],
  right: Phase[],
): string[] | undefined {
  const isAny = (values: (string | RegExp)[], { value }: Phase) =>
    values.some(known =>
      typeof known === 'string' ? known === value : known.test(value),
    );
  const seen = documented.filter(
    ({ aspect: names, onlyReference = [], onlyOurs = [] }) =>
      names.test(aspect) &&
      (left.some(phase => isAny(onlyReference, phase)) ||
        right.some(phase => isAny(onlyOurs, phase))),
  );
  const without = (phases: Phase[], side: 'onlyReference' | 'onlyOurs') =>
    phases.filter(
      phase => !seen.some(known => isAny(known[side] ?? [], phase)),
    );
  return seen.length > 0 &&
    tellTheSame(without(left, 'onlyReference'), without(right, 'onlyOurs'))
    ? seen.map(({ reason }) => reason)
    : undefined;
}

function inWords(phases: Phase[]): string {
  return (
    phases
      .map(({ value, brief }) => (brief ? `[${value}]` : value))
      .join(' → ') || 'nothing'
  );
}

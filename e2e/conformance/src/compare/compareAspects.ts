import type { Phase } from '../observe/timeline';
import type { Row } from '../report/report';
import { tellTheSame } from './alignPhases';
import { withPassing } from './passing';
import { type Replacement, isValue, replacements } from './replacements';

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
  /** Where the reference shows the first values in a row, ours shows the second ones. */
  instead?: Replacement;
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
  const known = documented.filter(({ aspect: names }) => names.test(aspect));
  // Events have no order: one that both show is none that one of them lacks.
  const isShared = ({ value }: Phase) =>
    aspect.startsWith('Events of ') &&
    [left, right].every(phases => phases.some(each => each.value === value));
  const isAny = (values: (string | RegExp)[], phase: Phase) =>
    !isShared(phase) && values.some(value => isValue(value, phase));
  const seen = known.filter(
    ({ onlyReference = [], onlyOurs = [] }) =>
      left.some(phase => isAny(onlyReference, phase)) ||
      right.some(phase => isAny(onlyOurs, phase)),
  );
  return firstOf(subsets(seen), used => {
    const without = (phases: Phase[], side: 'onlyReference' | 'onlyOurs') =>
      phases.filter(phase => !used.some(one => isAny(one[side] ?? [], phase)));
    const rest = {
      left: without(left, 'onlyReference'),
      right: without(right, 'onlyOurs'),
    };
    if (used.length > 0 && tellTheSame(rest.left, rest.right)) {
      return reasonsOf(used);
    }
    const replaced = known.find(
      ({ instead }) =>
        instead &&
        replacements(rest.left, rest.right, instead).some(([one, other]) =>
          tellTheSame(one, other),
        ),
    );
    return replaced && reasonsOf([...used, replaced]);
  });
}

function reasonsOf(found: DocumentedDifference[]): string[] {
  return found.map(({ reason }) => reason);
}

/**
 * All of them first, then with fewer and fewer: a value that one allows ours
 * alone may be one that both show in this scenario.
 */
function subsets<T>([first, ...others]: T[]): T[][] {
  if (first === undefined) return [[]];
  const rest = subsets(others);
  return [...rest.map(each => [first, ...each]), ...rest].sort(
    (a, b) => b.length - a.length,
  );
}

function firstOf<T, R>(all: T[], of: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = of(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inWords(phases: Phase[]): string {
  return (
    phases
      .map(({ value, brief }) => (brief ? `[${value}]` : value))
      .join(' → ') || 'nothing'
  );
}

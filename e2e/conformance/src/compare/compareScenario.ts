import type { Phase } from '../observe/timeline';
import type { Row } from '../report/report';
import { type Aspects, compareAspects } from './compareAspects';
import type { Difference } from './difference';
import { samePaths } from './samePaths';

/**
 * One row for a whole scenario: different when any aspect is, or when a
 * difference that is documented for it has gone.
 */
export function compareScenario(
  { name, unsteady }: { name: string; unsteady?: { aspect: RegExp } },
  title: string,
  reference: Aspects,
  ours: Aspects,
  documented: Difference[],
): Row {
  const [left, right] = comparable(reference, ours, unsteady?.aspect);
  const rows = compareAspects('', left, samePaths(left, right), documented);
  const named = (row: Row) =>
    [row.scenario.replace(/^ · /, ''), ...row.details].join('\n    ');
  const reasons = rows.flatMap(({ reason }) => reason?.split('; ') ?? []);
  const problems = [
    ...rows.filter(({ outcome }) => outcome === 'different').map(named),
    ...documented
      .filter(
        ({ scenarios, reason, passing }) =>
          !passing &&
          scenarios !== 'wherever it shows' &&
          scenarios.includes(name) &&
          !reasons.includes(reason),
      )
      .map(({ reason }) => `documented, but gone: ${reason}`),
  ];
  const row = { scenario: `${name} · ${title}` };
  if (problems.length > 0) {
    return { ...row, outcome: 'different', details: problems };
  }
  return reasons.length === 0
    ? { ...row, outcome: 'same', details: [] }
    : { ...row, outcome: 'documented', details: [...new Set(reasons)] };
}

/** What can be held beside each other: steady, and seen on both sides. */
function comparable(
  reference: Aspects,
  ours: Aspects,
  unsteady?: RegExp,
): [Aspects, Aspects] {
  const isMoment = (aspect: string) => aspect.startsWith('At rest: ');
  const keep = (aspects: Aspects, others: Aspects) =>
    Object.fromEntries(
      Object.entries(aspects)
        .filter(
          // One of the two may not have come to rest there.
          ([aspect]) =>
            !unsteady?.test(aspect) && !(isMoment(aspect) && !others[aspect]),
        )
        .map(([aspect, phases]): [string, Phase[]] => [
          aspect,
          areIncomplete(aspect, others[aspect]) ? phases.map(asBrief) : phases,
        ]),
    );
  return [keep(reference, ours), keep(ours, reference)];
}

/** The recorder of events dropped nearly all: their absence says nothing. */
function areIncomplete(aspect: string, phases: Phase[] = []): boolean {
  return (
    aspect.startsWith('Events of ') &&
    phases.length > 0 &&
    phases.every(({ brief }) => brief)
  );
}

function asBrief(phase: Phase): Phase {
  return { ...phase, brief: true };
}

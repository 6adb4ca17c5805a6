import type { Phase } from '../observe/timeline';

/** Values in a row of the reference, and those that stand in their place. */
export interface Replacement {
  reference: (string | RegExp)[];
  ours: (string | RegExp)[];
}

/** Stands in both timelines where they are meant to differ. */
const MEANT: Phase = { value: '<meant to differ>', brief: false };

export function isValue(known: string | RegExp, { value }: Phase): boolean {
  return typeof known === 'string' ? known === value : known.test(value);
}

/**
 * Every way to find the one row of values in the one timeline and the other
 * row in the other, each replaced by the same mark. What is brief between two
 * values of a row is left out.
 */
export function replacements(
  left: Phase[],
  right: Phase[],
  { reference, ours }: Replacement,
): [Phase[], Phase[]][] {
  return marked(left, reference).flatMap(a =>
    marked(right, ours).map((b): [Phase[], Phase[]] => [a, b]),
  );
}

function marked(phases: Phase[], row: (string | RegExp)[]): Phase[][] {
  return Array.from({ length: phases.length + 1 }, (_, start) => {
    const end = endOfRow(phases, row, start);
    return end === undefined
      ? []
      : [[...phases.slice(0, start), MEANT, ...phases.slice(end)]];
  }).flat();
}

/** Where a row that begins at `start` is over. */
function endOfRow(
  phases: Phase[],
  row: (string | RegExp)[],
  start: number,
): number | undefined {
  let at = start;
  for (const [index, value] of row.entries()) {
    while (index > 0 && phases[at]?.brief && !isValue(value, phases[at]!)) {
      at += 1;
    }
    const phase = phases[at];
    if (!phase || !isValue(value, phase)) return undefined;
    at += 1;
  }
  return at;
}

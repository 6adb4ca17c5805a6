import type { Aspects } from '../compare/compareAspects';
import type { Phase } from '../observe/timeline';

/**
 * What two runs have in common, in order; what only one of them shows, or
 * shows briefly, is brief. `undefined` where something lasting of one is
 * missing in the other: then the two do not tell the same.
 */
export function mergePhases(a: Phase[], b: Phase[]): Phase[] | undefined {
  const known = new Map<string, Phase[] | undefined>();
  const merge = (i: number, j: number, last?: string): Phase[] | undefined => {
    const left = a[i];
    const right = b[j];
    if (!left && !right) return [];
    const key = `${i}/${j}/${last}`;
    if (known.has(key)) return known.get(key);
    // Brief, or the same again after something brief.
    const alone = (phase: Phase | undefined): Phase | undefined =>
      phase && (phase.brief || phase.value === last)
        ? { ...phase, brief: true }
        : undefined;
    const onlyLeft = alone(left);
    const onlyRight = alone(right);
    const both =
      left && left.value === right?.value
        ? before(
            { value: left.value, brief: left.brief || right.brief },
            merge(i + 1, j + 1, left.value),
          )
        : undefined;
    const result =
      both ??
      (onlyLeft ? before(onlyLeft, merge(i + 1, j, last)) : undefined) ??
      (onlyRight ? before(onlyRight, merge(i, j + 1, last)) : undefined);
    known.set(key, result);
    return result;
  };
  return merge(0, 0);
}

/** Two runs of one scenario as one; an aspect they disagree on is named. */
export function mergeRuns(
  a: Aspects,
  b: Aspects,
): { aspects: Aspects; disagree: string[] } {
  const aspects: Aspects = {};
  const disagree: string[] = [];
  for (const aspect of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const left = a[aspect] ?? [];
    const right = b[aspect] ?? [];
    // One of the two had not come to rest there: that moment says nothing.
    const isMoment = aspect.startsWith('At rest: ');
    if (isMoment && (left.length === 0 || right.length === 0)) continue;
    const merged = aspect.startsWith('Events of ')
      ? mergeReasons(left, right)
      : mergePhases(left, right);
    if (!merged) disagree.push(aspect);
    aspects[aspect] = merged ?? left;
  }
  return { aspects, disagree };
}

/** Reasons of events have no order, and some come late or never. */
function mergeReasons(a: Phase[], b: Phase[]): Phase[] {
  const isSure = ({ value }: Phase) =>
    [a, b].every(phases =>
      phases.some(phase => phase.value === value && !phase.brief),
    );
  return [...new Map([...a, ...b].map(phase => [phase.value, phase])).values()]
    .sort((one, other) => (one.value < other.value ? -1 : 1))
    .map(phase => ({ ...phase, brief: !isSure(phase) }));
}

function before(phase: Phase, rest: Phase[] | undefined): Phase[] | undefined {
  return rest && [phase, ...rest];
}

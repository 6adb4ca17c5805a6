import type { Phase } from '../observe/timeline';
import type { Aspects } from './compareAspects';

const INVALID = /InvalidSpec: The Rollout "[^"]*" is invalid: /;
const FIELD = /^([\w.[\]]+): /;

/**
 * The field that an InvalidSpec is about; the reference leaves the strategy
 * out of most paths, and a path out of some messages: then it is `spec`.
 */
function fieldOf(value: string): string | undefined {
  const [, reason] = value.split(INVALID);
  if (reason === undefined) return undefined;
  const [, path = 'spec'] = FIELD.exec(reason) ?? [];
  if (!path.startsWith('spec')) return 'spec';
  return path.replace(
    /^spec\.strategy\.(canary|blueGreen|strategy)\b/,
    'spec.strategy',
  );
}

/**
 * Why a spec is invalid is told in other words, but of the same field, or of
 * a field in it: such a value of ours counts as the reference's.
 */
export function samePaths(reference: Aspects, ours: Aspects): Aspects {
  return Object.fromEntries(
    Object.entries(ours).map(([aspect, phases]) => [
      aspect,
      phases.map(phase => asTheirs(reference[aspect] ?? [], phase)),
    ]),
  );
}

function asTheirs(reference: Phase[], phase: Phase): Phase {
  const field = fieldOf(phase.value);
  const same = reference.find(({ value }) => {
    const theirs = fieldOf(value);
    return field !== undefined && theirs !== undefined && isIn(field, theirs);
  });
  return same ? { ...phase, value: same.value } : phase;
}

function isIn(field: string, outer: string): boolean {
  return field.startsWith(outer) && /^($|[.[])/.test(field.slice(outer.length));
}

import type { Phase } from '../observe/timeline';

/** What nothing has written yet: for how long it is to be seen is chance. */
const UNSEEN = new Set(['', 'none', 'none:', '0']);

/** What is under way and ends by itself, sooner or later. */
const UNDER_WAY = new Set(['Pending', 'Running', 'Progressing']);

/** Aspects whose values are phases. */
const OF_PHASES = /(: phase|: template [^:]*|: analysis [^:]*)$/;

/**
 * What a controller passes by itself is brief, however long a busy machine
 * shows it: it may be missing on the other side, but nothing else may stand in
 * its place, and at the end it counts as anything else does.
 */
export function withPassing(aspect: string, phases: Phase[]): Phase[] {
  return phases.map((phase, index) => {
    const isLast = index === phases.length - 1;
    const passes =
      (index === 0 && UNSEEN.has(phase.value)) ||
      (OF_PHASES.test(aspect) && UNDER_WAY.has(phase.value));
    return passes && !isLast ? { ...phase, brief: true } : phase;
  });
}

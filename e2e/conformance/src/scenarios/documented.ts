import type { DocumentedDifference } from './compareAspects';

/** Where ours shows something else on purpose, and why. */
export const DEMO_DIFFERENCES: DocumentedDifference[] = [];

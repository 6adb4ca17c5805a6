import type { Row } from '../report/report';

/**
 * Scenarios in which something differs that is neither meant nor mended yet,
 * or that leave something to chance: what, in a sentence. They are played and
 * told, and fail nothing.
 */
export const OPEN_DIFFERENCES: Record<string, string> = {
  'canary/weight-falls':
    'on the local cluster stable has one pod too briefly for that to be seen',
  'canary/weight-down-again':
    'on the local cluster numbers of pods change too fast to be seen',
  'failures/canary-pod-lost-at-pause':
    'on the local cluster numbers of pods change too fast to be seen',
  'operations/restart-at-pause':
    'on the local cluster numbers of pods change too fast to be seen',
  'operations/restart-of-one':
    'on the local cluster numbers of pods change too fast to be seen',
  'operations/scale-at-pause':
    'on the local cluster numbers of pods change too fast to be seen',
  'operations/scale-to-zero-and-back':
    'on the local cluster numbers of pods change too fast to be seen',
  'handover/in-analysis':
    'taken over from the reference, a measurement may be an error at the end',
};

/** A row of a scenario, open when it differs and is listed. */
export function asOpen(
  name: string,
  row: Row,
  listed: Record<string, string> = OPEN_DIFFERENCES,
): Row {
  const what = listed[name];
  if (what === undefined) return row;
  if (row.outcome === 'different') {
    return { ...row, outcome: 'open', details: [what, ...row.details] };
  }
  return row.outcome === 'skipped'
    ? row
    : { ...row, reason: 'listed as open: take it off' };
}

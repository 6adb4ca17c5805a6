import type { Row } from '../report/report';

/**
 * Scenarios in which something differs that is neither meant nor mended yet,
 * or that leave something to chance: what, in a sentence. They are played and
 * told, and fail nothing.
 */
export const OPEN_DIFFERENCES: Record<string, string> = {};

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

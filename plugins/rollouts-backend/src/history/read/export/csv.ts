import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';

const COLUMNS: [string, (release: ReleaseSummary) => unknown][] = [
  ['id', ({ id }) => id],
  ['cluster', ({ ref }) => ref.cluster],
  ['namespace', ({ ref }) => ref.namespace],
  ['rollout', ({ ref }) => ref.name],
  ['uid', ({ uid }) => uid],
  ['entities', ({ entityRefs }) => entityRefs.join(' ')],
  ['revision', ({ revision }) => revision],
  ['attempt', ({ attempt }) => attempt],
  ['podHash', ({ podHash }) => podHash],
  ['strategy', ({ strategy }) => strategy],
  [
    'imagesBefore',
    ({ images }) => images.flatMap(({ from }) => from ?? []).join(' '),
  ],
  ['images', ({ images }) => images.map(({ to }) => to).join(' ')],
  ['outcome', ({ outcome }) => outcome],
  ['cause', ({ cause }) => cause],
  ['reason', ({ reason }) => reason],
  ['committedAt', ({ committedAt }) => committedAt],
  ['startedAt', ({ startedAt }) => startedAt],
  ['endedAt', ({ endedAt }) => endedAt],
  ['durationSeconds', ({ durationSeconds }) => durationSeconds],
  ['restoredAt', ({ restoredAt }) => restoredAt],
  ['stepsReached', ({ step }) => step?.reached],
  ['steps', ({ step }) => step?.count],
  ['startedBy', ({ startedBy }) => startedBy],
  ['endedBy', ({ endedBy }) => endedBy],
  ['people', ({ people }) => people.join(' ')],
  ['rollbackTo', ({ rollbackTo }) => rollbackTo],
  ['rolledBackBy', ({ rolledBackBy }) => rolledBackBy],
  ['emergency', ({ emergency }) => emergency],
  ['gaps', ({ gaps }) => gaps],
];

/** The first line, by RFC 4180. */
export const CSV_HEADER = line(COLUMNS.map(([name]) => name));

export function csvLine(release: ReleaseSummary): string {
  return line(COLUMNS.map(([, valueOf]) => valueOf(release)));
}

function line(values: unknown[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: unknown): string {
  const text = value === undefined ? '' : String(value);
  // A spreadsheet takes a text that begins so for a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

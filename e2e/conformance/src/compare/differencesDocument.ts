import type { Difference } from './difference';

/** Begins the section of docs/differences.md that this table is. */
export const SECTION = '## Scenarios, watched from outside';

/** The cells of each row, as the document has to have them. */
export function rowsOf(differences: Difference[]): string[][] {
  return differences.map(one => [
    one.subject,
    one.reference,
    one.reason,
    whereOf(one),
  ]);
}

function whereOf({ scenarios, passing, generated, standsAt }: Difference) {
  if (scenarios === 'wherever it shows') return scenarios;
  return [
    ...(scenarios.length > 0
      ? [scenarios.map(name => `\`${name}\``).join(', ')]
      : []),
    ...(generated ? ['in generated ones'] : []),
    ...(passing ? ['where it lasts'] : []),
    ...(standsAt ? ['by its last message'] : []),
  ].join('; ');
}

/** The section of what is neither meant nor mended yet. */
export const OPEN_SECTION = '## Open differences';

/** The cells of each row of that section. */
export function openRowsOf(open: Record<string, string>): string[][] {
  return Object.entries(open).map(([scenario, what]) => [
    `\`${scenario}\``,
    what,
  ]);
}

/** The cells of each row of a section's table. @throws Error when there is no section */
export function readRows(
  document: string,
  title: string = SECTION,
): string[][] {
  const begin = document.indexOf(`${title}\n`);
  if (begin < 0) throw new Error(`docs/differences.md has no ${title}`);
  const [section] = document.slice(begin + title.length).split('\n## ');
  return section!
    .split('\n')
    .filter(line => line.startsWith('|'))
    .slice(2)
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
}

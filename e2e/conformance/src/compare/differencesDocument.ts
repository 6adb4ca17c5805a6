import type { Difference } from './differences';

/** Begins the section of docs/differences.md that this table is. */
export const SECTION = '## Scenarios, watched from outside';

/** The cells of each row, as the document has to have them. */
export function rowsOf(differences: Difference[]): string[][] {
  return differences.map(({ subject, reference, reason, scenarios }) => [
    subject,
    reference,
    reason,
    scenarios === 'wherever it shows'
      ? scenarios
      : scenarios.map(name => `\`${name}\``).join(', '),
  ]);
}

/** The cells of each row of the section's table. @throws Error when there is no section */
export function readRows(document: string): string[][] {
  const begin = document.indexOf(`${SECTION}\n`);
  if (begin < 0) throw new Error(`docs/differences.md has no ${SECTION}`);
  const [section] = document.slice(begin + SECTION.length).split('\n## ');
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

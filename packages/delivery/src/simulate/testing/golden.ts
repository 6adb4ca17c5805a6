import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(__dirname, '../testdata');

/**
 * Compares a log with the one on record. `UPDATE_GOLDEN=1` writes it instead:
 * read the difference before committing it.
 */
export function expectGolden(name: string, log: string): void {
  const file = resolve(FOLDER, `${name}.golden`);
  if (process.env.UPDATE_GOLDEN) {
    writeFileSync(file, log);
    return;
  }
  expect(log).toBe(readFileSync(file, 'utf8'));
}

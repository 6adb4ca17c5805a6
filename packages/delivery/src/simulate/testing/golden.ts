import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Compares a log with the one on record, in `testdata` beside the test. `UPDATE_GOLDEN=1` writes it instead:
 * read the difference before committing it.
 */
export function expectGolden(name: string, log: string): void {
  const { testPath = '' } = expect.getState();
  const file = resolve(dirname(testPath), 'testdata', `${name}.golden`);
  if (process.env.UPDATE_GOLDEN) {
    writeFileSync(file, log);
  }
  expect(log).toBe(readFileSync(file, 'utf8'));
}

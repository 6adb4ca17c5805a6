import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of `--help`, kept where `bin/start` can show it before any set-up. */
export function help(): string {
  return readFileSync(join(__dirname, 'help.txt'), 'utf8');
}

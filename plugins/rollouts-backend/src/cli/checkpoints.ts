import { readFileSync, writeFileSync } from 'node:fs';
import type { Checkpoint } from '../history/verify/verifyRange';
import { UsageError } from './historyArguments';

/** @throws UsageError on a file that is not one */
export function readCheckpoints(file: string): Checkpoint[] {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
  if (!Array.isArray(read) || !read.every(isCheckpoint)) {
    throw new UsageError(
      `${file} is not a file that --write-checkpoint has written.`,
    );
  }
  return read;
}

export function writeCheckpoints(file: string, heads: Checkpoint[]): void {
  writeFileSync(
    file,
    `[\n${heads.map(head => JSON.stringify(head)).join(',\n')}\n]\n`,
  );
}

function isCheckpoint(value: unknown): value is Checkpoint {
  const { stream, seq, hash } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof stream === 'string' &&
    typeof seq === 'number' &&
    typeof hash === 'string'
  );
}

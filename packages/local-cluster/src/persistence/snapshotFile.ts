import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkSnapshot, Snapshot } from '../storage/snapshot';
import { snapshotText } from './snapshotText';

/**
 * Reads the cluster as it was saved; undefined when it never was. A file that
 * cannot be read is moved aside, never overwritten.
 * @param log - is told where it was moved to, and why
 * @param now - milliseconds since the epoch, for the name it gets
 */
export async function readSnapshot(
  file: string,
  log: (message: string) => void,
  now: number,
): Promise<Snapshot | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return checkSnapshot(JSON.parse(text));
  } catch (error) {
    const aside = `${file}.unreadable-${now}`;
    await rename(file, aside);
    log(
      `The saved cluster ${file} cannot be read (${error instanceof Error ? error.message : error}). It was moved to ${aside}, and an empty cluster starts instead.`,
    );
    return undefined;
  }
}

/** Writes the snapshot so that the file is always either the old or the new one. */
export async function writeSnapshot(
  file: string,
  snapshot: Snapshot,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, snapshotText(snapshot), { mode: 0o600 });
  await rename(draft, file);
}

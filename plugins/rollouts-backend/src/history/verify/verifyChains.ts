import type { Knex } from 'knex';
import {
  nextRange,
  verifyRange,
  type Checkpoint,
  type Verification,
} from './verifyRange';

/** Entries read as they are at one moment; others wait no longer than for these. */
const AT_ONCE = 5_000;

/**
 * Verifies all chains, some at a time. A chain proves its order and content;
 * that nobody wrote it anew from its beginning, only a checkpoint kept
 * elsewhere proves.
 */
export async function verifyChains(
  knex: Knex,
  checkpoints: readonly Checkpoint[] = [],
): Promise<Verification> {
  const all: Verification = {
    streams: 0,
    entries: 0,
    cut: 0,
    problems: [],
    heads: [],
  };
  let after: string | undefined;
  do {
    const range = await nextRange(knex, after, AT_ONCE);
    const some = await verifyRange(knex, range, checkpoints);
    all.streams += some.streams;
    all.entries += some.entries;
    all.cut += some.cut;
    all.problems.push(...some.problems);
    all.heads.push(...some.heads);
    after = range.upTo;
  } while (after !== undefined);
  const known = new Set(all.heads.map(({ stream }) => stream));
  const gone = checkpoints.filter(({ stream }) => !known.has(stream));
  all.problems.push(
    ...gone.map(({ stream, seq }) => ({
      stream,
      seq,
      message: 'the checkpoint saw this entry, and the chain is gone',
    })),
  );
  return all;
}

import { createHash } from 'node:crypto';

/** What stands before the first entry of a chain. */
export const GENESIS = '0'.repeat(64);

/** An entry as it is stored: what its hash is of. */
export interface ChainedRow {
  stream: string;
  seq: number;
  release_id: string | null;
  kind: string;
  fact_key: string;
  at: number;
  recorded_at: number;
  /** JSON, exactly as stored. */
  data: string;
  previous_hash: string;
}

/**
 * SHA-256 over everything that an entry says and over the hash of the one
 * before it, so that whoever changes one has to change all that follow.
 */
export function entryHash(row: ChainedRow): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        row.previous_hash,
        row.stream,
        row.seq,
        row.release_id,
        row.kind,
        row.fact_key,
        row.at,
        row.recorded_at,
        row.data,
      ]),
    )
    .digest('hex');
}

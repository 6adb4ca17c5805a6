import { entryHash, GENESIS, type ChainedRow } from './chain';

const row: ChainedRow = {
  stream: 'local/u1',
  seq: 2,
  release_id: 'a',
  kind: 'step',
  fact_key: 'a/step/0/1',
  at: 1,
  recorded_at: 2,
  data: '{}',
  previous_hash: GENESIS,
};

it.each<Partial<ChainedRow>>([
  { stream: 'local/u2' },
  { seq: 3 },
  { release_id: 'b' },
  { release_id: null },
  { kind: 'note' },
  { fact_key: 'a/step/0/2' },
  { at: 3 },
  { recorded_at: 3 },
  { data: '{"index":1}' },
  { previous_hash: '1'.repeat(64) },
])('the hash is of another entry with %j', change => {
  expect(entryHash({ ...row, ...change })).not.toBe(entryHash(row));
});

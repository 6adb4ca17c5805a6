import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  startPostgres,
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import { migrate } from '../../database/migrate';
import { DAY, NOW, act, append, ended, started } from '../__testUtils__/facts';
import type { HistoryFact } from '../facts/HistoryFact';
import { ReleaseReads } from '../read/ReleaseReads';
import { removeOld } from '../retention/removeOld';
import { HistoryStore } from '../store/HistoryStore';
import {
  ANCHORS,
  ENTITIES,
  ENTRIES,
  IMAGES,
  PEOPLE,
  RELEASES,
  STREAMS,
} from '../store/rows';
import { entryHash } from '../facts/chain';
import { NOTHING_KNOWN, type StreamState } from '../transitions/StreamState';
import { HistoryVerifier } from './HistoryVerifier';
import { verifyChains } from './verifyChains';

jest.setTimeout(120_000);

describe.each([
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
])('the chains on %s', (name, start) => {
  let server: TestDatabase;
  let store: HistoryStore;
  let reads: ReleaseReads;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    await migrate(server.knex);
    store = new HistoryStore(server.knex);
    reads = new ReleaseReads(server.knex);
  });
  // What cannot be deleted is dropped.
  afterEach(() =>
    server.knex.migrate.rollback(
      { directory: `${__dirname}/../../../migrations` },
      true,
    ),
  );

  it('cuts a chain where retention says, and verifies the rest', async () => {
    await store.append(
      [
        append([
          started('a', NOW),
          ended('a', NOW + 1_000),
          started('b', NOW + DAY),
          ended('b', NOW + DAY + 1_000),
          started('c', NOW + 9 * DAY),
        ]),
      ],
      NOW,
    );
    const removed = await removeOld(server.knex, NOW + 2 * DAY, NOW + 10 * DAY);
    expect(removed).toEqual({ releases: 2, entries: 4 });
    const verified = await verifyChains(server.knex);
    expect(verified).toMatchObject({ entries: 1, cut: 1, problems: [] });
    const page = await reads.page({}, { all: true }, 10);
    expect(page.map(({ summary }) => summary.id)).toEqual(['c']);

    await store.append([append([ended('c', NOW + 9 * DAY + 1)])], NOW);
    expect((await verifyChains(server.knex)).problems).toEqual([]);
    await expect(
      removeOld(server.knex, NOW + 2 * DAY, NOW + 10 * DAY),
    ).resolves.toEqual({ releases: 0, entries: 0 });
  });

  it('cuts a chain again and again, with all that was made of it', async () => {
    const facts = ['a', 'b', 'c'].flatMap((id, index) => [
      started(id, NOW + index * DAY),
      ended(id, NOW + index * DAY + 1_000),
    ]);
    await store.append([append([act('1', NOW, 'promote'), ...facts])], NOW);
    for (const day of [1, 2]) {
      await removeOld(server.knex, NOW + day * DAY, NOW + 10 * DAY);
      expect((await verifyChains(server.knex)).problems).toEqual([]);
    }
    for (const table of [IMAGES, PEOPLE, ENTITIES]) {
      const rows = await server.knex(table);
      expect(rows.filter(row => row.release_id !== 'c')).toEqual([]);
    }
    expect(await server.knex(RELEASES)).toMatchObject([{ id: 'c' }]);
  });

  it('keeps the template of a version that came back, and of no other', async () => {
    const template = (podHash: string): HistoryFact => ({
      kind: 'template',
      key: `template/${podHash}`,
      at: NOW,
      data: { podHash, template: { of: podHash } },
    });
    const facts = ['a', 'b', 'c'].flatMap((id, index) => [
      started(id, NOW + index * DAY, { podHash: id === 'c' ? 'a' : id }),
      ended(id, NOW + index * DAY + 1_000),
      ...(id === 'c' ? [] : [template(id)]),
    ]);
    await store.append([append(facts)], NOW);
    await removeOld(server.knex, NOW + 2 * DAY, NOW + 10 * DAY);
    expect(await server.knex(RELEASES)).toMatchObject([{ id: 'c' }]);
    await expect(reads.template('local/u1', 'a')).resolves.toEqual({ of: 'a' });
    await expect(reads.template('local/u1', 'b')).resolves.toBeUndefined();
    await store.append([append([act('1', NOW + 3 * DAY, 'promote')])], NOW);
    expect(await verifyChains(server.knex)).toMatchObject({
      entries: 4,
      problems: [],
    });
  });

  it('cuts what was never seen to end, from when it was first seen', async () => {
    const unobserved = ended('a', NOW, { outcome: 'unobserved' });
    await store.append([append([started('a', NOW), unobserved])], NOW);
    await removeOld(server.knex, NOW, NOW + DAY);
    expect(await server.knex(RELEASES)).toHaveLength(1);
    await removeOld(server.knex, NOW + 1, NOW + DAY);
    expect(await server.knex(RELEASES)).toHaveLength(0);
  });

  it('keeps what an object runs now, however old', async () => {
    const state: StreamState = {
      ...NOTHING_KNOWN,
      releases: 1,
      release: { id: 'a' } as StreamState['release'],
    };
    const facts = [started('a', NOW), ended('a', NOW + 1_000)];
    await store.append([append(facts, { seq: 0, state, present: true })], NOW);
    await removeOld(server.knex, NOW + DAY, NOW);
    expect(await server.knex(RELEASES)).toHaveLength(1);

    await store.append([append([], { seq: 2, state, present: false })], NOW);
    await removeOld(server.knex, NOW + DAY, NOW);
    expect(await server.knex(RELEASES)).toHaveLength(0);
    expect((await verifyChains(server.knex)).problems).toEqual([]);
  });

  it('verifies some at a time, and all in the end', async () => {
    const verifier = new HistoryVerifier({
      permissions: mockServices.permissions(),
      database: () => server.knex,
      atOnce: 3,
    });
    for (const stream of ['local/c', 'local/a', 'local/d', 'local/b']) {
      await store.append(
        [append([started(stream, NOW), ended(stream, NOW)], undefined, stream)],
        NOW,
      );
    }
    const verify = (after?: string) =>
      verifier.verify(mockCredentials.user(), after);
    const first = await verify();
    const second = await verify(first.next);
    const last = await verify(second.next);
    expect([first, second, last].map(({ ends }) => ends.length)).toEqual([
      2, 2, 0,
    ]);
    expect(first).toMatchObject({ entries: 4, problemCount: 0 });
    expect(last.next).toBeUndefined();
    await expect(verifyChains(server.knex)).resolves.toMatchObject({
      streams: 4,
      entries: 8,
      problems: [],
    });
  });

  it('is not for those without the permission, and for one at a time', async () => {
    const permissions = mockServices.permissions.mock({
      authorize: async () => [{ result: AuthorizeResult.DENY }],
    });
    const options = { permissions, database: () => server.knex };
    const verify = new HistoryVerifier(options);
    await expect(
      verify.verify(mockCredentials.user(), undefined),
    ).rejects.toThrow(/rollouts.history.verify/);
    permissions.authorize.mockResolvedValue([
      { result: AuthorizeResult.ALLOW },
    ]);
    const both = await Promise.allSettled(
      [1, 2].map(() => verify.verify(mockCredentials.user(), undefined)),
    );
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('takes nothing that is written meanwhile for a fault', async () => {
    await store.append([append([started('a', NOW)])], NOW);
    let going = true;
    const writing = (async () => {
      for (let at = 1; going; at++) {
        await store.append([append([act(`${at}`, NOW, 'promote')])], NOW);
      }
    })();
    try {
      for (let time = 0; time < 10; time++) {
        expect((await verifyChains(server.knex)).problems).toEqual([]);
      }
    } finally {
      going = false;
      await writing;
    }
  });

  describe('verification', () => {
    beforeEach(async () => {
      await store.append(
        [append([started('a', NOW), ended('a', NOW + 1_000)])],
        NOW,
      );
      await dropGuards();
    });

    async function dropGuards() {
      for (const trigger of [
        'rollouts_history_entries_delete',
        'rollouts_history_entries_update',
      ]) {
        await server.knex.raw(
          name === 'SQLite'
            ? `DROP TRIGGER ${trigger}`
            : `DROP TRIGGER ${trigger} ON rollouts_history_entries`,
        );
      }
    }

    it('finds an entry that was changed', async () => {
      await server
        .knex(ENTRIES)
        .where({ seq: 1 })
        .update({ at: NOW + 1 });
      expect((await verifyChains(server.knex)).problems).toEqual([
        {
          stream: 'local/u1',
          seq: 1,
          message: 'it was changed: its hash is of something else',
        },
      ]);
    });

    it('finds an entry that was made anew, though its own hash is right', async () => {
      const row = await server.knex(ENTRIES).where({ seq: 1 }).first();
      const changed = {
        ...row,
        at: NOW + 1,
        recorded_at: Number(row.recorded_at),
      };
      await server
        .knex(ENTRIES)
        .where({ seq: 1 })
        .update({ at: changed.at, hash: entryHash(changed) });
      expect((await verifyChains(server.knex)).problems).toMatchObject([
        { seq: 2, message: 'it does not follow from the entry before it' },
      ]);
    });

    it('finds an end that is of another chain, and an end that is gone', async () => {
      await server.knex(STREAMS).update({ hash: 'x' });
      expect((await verifyChains(server.knex)).problems).toMatchObject([
        { seq: 2, message: 'the chain should end here, and ends at 2' },
      ]);
      await server.knex(STREAMS).delete();
      expect((await verifyChains(server.knex)).problems).toMatchObject([
        { seq: 2, message: 'the end of the chain is not on record' },
      ]);
    });

    it('finds, by a checkpoint, a chain that was shortened or is gone', async () => {
      const { heads } = await verifyChains(server.knex);
      const first = await server.knex(ENTRIES).where({ seq: 1 }).first();
      await server.knex(ENTRIES).where({ seq: 2 }).delete();
      await server.knex(STREAMS).update({ seq: 1, hash: first.hash });
      expect((await verifyChains(server.knex)).problems).toEqual([]);
      expect((await verifyChains(server.knex, heads)).problems).toMatchObject([
        { message: 'the checkpoint saw this entry, and the chain ends at 1' },
      ]);
      await server.knex(ENTRIES).delete();
      await server.knex(STREAMS).delete();
      expect((await verifyChains(server.knex, heads)).problems).toMatchObject([
        { message: 'the checkpoint saw this entry, and the chain is gone' },
      ]);
    });

    it('finds an entry that was removed', async () => {
      await server.knex(ENTRIES).where({ seq: 1 }).delete();
      expect((await verifyChains(server.knex)).problems).toMatchObject([
        { seq: 2, message: 'entry 1 is missing' },
      ]);
    });

    it('finds what is still there, though retention is said to have cut it', async () => {
      const { hash } = await server.knex(ENTRIES).where({ seq: 2 }).first();
      const { stream } = await server.knex(STREAMS).first();
      await server
        .knex(ANCHORS)
        .insert({ stream, seq: 2, hash, removed_at: NOW });
      expect((await verifyChains(server.knex)).problems).toMatchObject([
        {
          seq: 1,
          message:
            'it is still there, though retention is on record to have cut up to entry 2',
        },
      ]);
    });

    it('finds a chain that was cut at its end', async () => {
      await server.knex(ENTRIES).where({ seq: 2 }).delete();
      expect((await verifyChains(server.knex)).problems).toMatchObject([
        { seq: 2, message: 'the chain should end here, and ends at 1' },
      ]);
    });

    it('finds, by a checkpoint, a chain that was written anew', async () => {
      const { heads } = await verifyChains(server.knex);
      await server.knex(ENTRIES).delete();
      await server.knex(STREAMS).delete();
      await server.knex(RELEASES).delete();
      await store.append(
        [append([started('a', NOW), ended('a', NOW + 2_000)])],
        NOW,
      );
      expect((await verifyChains(server.knex)).problems).toEqual([]);
      expect((await verifyChains(server.knex, heads)).problems).toEqual([
        {
          stream: 'local/u1',
          seq: 2,
          message: 'it is not what the checkpoint saw',
        },
      ]);
    });
  });
});

import {
  startPostgres,
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import { migrate } from '../../database/migrate';
import type { FactData, HistoryFact } from '../facts/HistoryFact';
import { ReleaseReads } from '../read/ReleaseReads';
import { removeOld } from '../retention/removeOld';
import { NOTHING_KNOWN, type StreamState } from '../transitions/StreamState';
import { verifyChains } from '../verify/verifyChains';
import { HistoryStore, type StreamAppend } from './HistoryStore';
import { ANCHORS, ENTRIES, RELEASES, STREAMS } from './rows';
import { WatchRegister } from './WatchRegister';

jest.setTimeout(120_000);

const NOW = Date.UTC(2026, 10, 1);
const DAY = 24 * 3_600_000;

function started(
  releaseId: string,
  at: number,
  change: Partial<FactData['release-started']> = {},
): HistoryFact {
  return {
    releaseId,
    kind: 'release-started',
    key: `${releaseId}/release-started/0`,
    at,
    data: {
      cluster: 'local',
      namespace: 'demo',
      name: 'colors',
      uid: 'u1',
      entityRefs: ['component:default/colors'],
      podHash: releaseId,
      attempt: 1,
      strategy: 'canary',
      images: [{ container: 'app', from: 'colors:1', to: 'colors:2' }],
      steps: [{ kind: 'setWeight', label: '20 %' }],
      observed: true,
      ...change,
    },
  };
}

function ended(
  releaseId: string,
  at: number,
  data: Partial<FactData['release-ended']> = {},
): HistoryFact {
  return {
    releaseId,
    kind: 'release-ended',
    key: `${releaseId}/release-ended/0`,
    at,
    data: { outcome: 'completed', observed: true, ...data },
  };
}

function act(
  id: string,
  at: number,
  action: FactData['action']['action'],
): HistoryFact {
  return {
    kind: 'action',
    key: `action/${id}`,
    at,
    data: {
      id,
      action,
      at: new Date(at).toISOString(),
      by: 'user:default/ada',
      outcome: 'applied',
      reason: 'for a reason',
    },
  };
}

const append = (
  facts: HistoryFact[],
  basedOn?: StreamAppend['basedOn'],
  stream = 'local/u1',
): StreamAppend => ({ stream, cluster: 'local', facts, basedOn });

describe.each([
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
])('the history on %s', (name, start) => {
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

  it('refuses to change or remove an entry, whoever asks', async () => {
    const { knex } = server;
    await store.append([append([started('a', NOW)])], NOW);
    const appendOnly = /append-only/;
    await expect(knex(ENTRIES).update({ data: '{}' })).rejects.toThrow(
      appendOnly,
    );
    await expect(knex(ENTRIES).delete()).rejects.toThrow(appendOnly);
    await knex(ANCHORS).insert({
      stream: 'other',
      seq: 5,
      hash: 'x',
      removed_at: NOW,
    });
    await expect(knex(ANCHORS).delete()).rejects.toThrow(appendOnly);
    await expect(knex(ANCHORS).update({ seq: 9 })).rejects.toThrow(appendOnly);
    await expect(knex(ENTRIES).delete()).rejects.toThrow(appendOnly);
    // SQLite has no other statement than DELETE for it.
    await expect(knex(ENTRIES).truncate()).rejects.toThrow(appendOnly);
    expect(await knex(ENTRIES)).toHaveLength(1);
  });

  it('writes each thing once, however many replicas saw it', async () => {
    const state: StreamState = { ...NOTHING_KNOWN, releases: 1 };
    const facts = [started('a', NOW), act('1', NOW, 'promote')];
    const results = await Promise.all(
      Array.from({ length: 8 }, () =>
        store.append(
          [append(facts, { seq: 0, state, present: true })],
          NOW + 1,
        ),
      ),
    );
    const moved = results.filter(each => each.get('local/u1')?.moved);
    expect(moved).toHaveLength(7);
    expect(await server.knex(ENTRIES)).toHaveLength(2);
    await expect(store.heads(['local/u1'])).resolves.toEqual(
      new Map([['local/u1', { seq: 2, present: true, state }]]),
    );
  });

  it('takes people’s deeds from everywhere at once', async () => {
    await store.append([append([started('a', NOW)])], NOW);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store.append([append([act(`${index % 10}`, NOW, 'promote')])], NOW),
      ),
    );
    expect(await server.knex(ENTRIES)).toHaveLength(11);
    await expect(verifyChains(server.knex)).resolves.toMatchObject({
      entries: 11,
      problems: [],
    });
  });

  it('knows which release an action set off, whichever comes first', async () => {
    await store.append([append([started('a', NOW - DAY)])], NOW);
    await store.append(
      [append([act('1', NOW, 'undo'), started('b', NOW + 2_000)])],
      NOW,
    );
    await store.append([append([started('c', NOW + DAY)])], NOW);
    await store.append([append([act('2', NOW + DAY - 500, 'set-image')])], NOW);
    const page = await reads.page({}, { all: true }, 10);
    expect(page.map(({ summary }) => [summary.id, summary.startedBy])).toEqual([
      ['c', 'user:default/ada'],
      ['b', 'user:default/ada'],
      ['a', undefined],
    ]);
  });

  it('gives an abort without a reason of the controller to who asked for it', async () => {
    const aborted = ended('a', NOW + 5_000, {
      outcome: 'aborted',
      cause: 'unknown',
    });
    await store.append([append([started('a', NOW), aborted])], NOW);
    await expect(reads.find('a')).resolves.toMatchObject({
      summary: { cause: 'outside' },
    });
    await store.append([append([act('1', NOW + 4_000, 'abort')])], NOW);
    await expect(reads.find('a')).resolves.toMatchObject({
      summary: {
        cause: 'person',
        endedBy: 'user:default/ada',
        reason: 'for a reason',
      },
    });
  });

  it('filters, and pages without holes', async () => {
    await store.append(
      Array.from({ length: 7 }, (_, index) => {
        const id = `r${index}`;
        // Two at the same time, so that the id decides.
        const at = NOW + Math.floor(index / 2) * DAY;
        return append(
          [
            started(id, at, {
              uid: id,
              images: [{ container: 'app', to: `Shop/Colors_${index}:1` }],
              entityRefs: [`component:default/c${index % 2}`],
            }),
            ended(id, at + 1_000, {
              outcome: index === 3 ? 'aborted' : 'completed',
            }),
          ],
          undefined,
          `local/${id}`,
        );
      }),
      NOW,
    );
    const ids = async (...query: Parameters<ReleaseReads['page']>) =>
      (await reads.page(...query)).map(({ summary }) => summary.id);
    const all = { all: true } as const;

    const first = await reads.page({}, all, 3);
    const second = await ids({}, all, 9, first.at(-1)?.position);
    expect([...first.map(({ summary }) => summary.id), ...second]).toEqual([
      'r6',
      'r5',
      'r4',
      'r3',
      'r2',
      'r1',
      'r0',
    ]);
    expect(await ids({ outcomes: ['aborted'] }, all, 9)).toEqual(['r3']);
    expect(await ids({ image: 'colors_4' }, all, 9)).toEqual(['r4']);
    expect(await ids({ image: 'colors%' }, all, 9)).toEqual([]);
    expect(await ids({ from: NOW + 2 * DAY }, all, 9)).toEqual([
      'r6',
      'r5',
      'r4',
    ]);
    expect(await ids({ to: NOW + DAY, cluster: 'local' }, all, 9)).toEqual([
      'r1',
      'r0',
    ]);
    expect(
      await ids(
        {},
        {
          all: false,
          entityRefs: ['component:default/c1'],
          uids: ['r0'],
        },
        9,
      ),
    ).toEqual(['r5', 'r3', 'r1', 'r0']);
    expect(await ids({ person: 'user:default/ada' }, all, 9)).toEqual([]);
  });

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

    it('finds an entry that was removed', async () => {
      await server.knex(ENTRIES).where({ seq: 1 }).delete();
      expect((await verifyChains(server.knex)).problems).toMatchObject([
        { seq: 2, message: 'entries 1 to 1 are missing' },
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

  it('knows when nobody watched', async () => {
    const one = new WatchRegister(server.knex, 'one');
    const two = new WatchRegister(server.knex, 'two');
    expect(await one.gapUntil('local', NOW)).toMatchObject({
      cause: 'first-seen',
    });
    await one.say(['local'], NOW);
    expect(await two.gapUntil('local', NOW + 6_000)).toBeUndefined();
    await one.say(['local'], NOW + 7_000, true);
    expect(await two.gapUntil('local', NOW + 8_000)).toEqual({
      from: new Date(NOW + 7_000).toISOString(),
      to: new Date(NOW + 8_000).toISOString(),
      cause: 'portal-down',
    });
    await two.say(['local'], NOW + 30 * DAY);
    await two.tidy(NOW + 30 * DAY);
    expect(await server.knex('rollouts_history_watches')).toMatchObject([
      { replica: 'two' },
    ]);
  });
});

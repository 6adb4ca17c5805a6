import {
  startPostgres,
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import { migrate } from '../../database/migrate';
import type { HistoryFact } from '../facts/HistoryFact';
import { DAY, NOW, act, append, ended, started } from '../__testUtils__/facts';
import { ReleaseReads } from '../read/ReleaseReads';
import { NOTHING_KNOWN, type StreamState } from '../transitions/StreamState';
import { verifyChains } from '../verify/verifyChains';
import { HistoryStore } from './HistoryStore';
import { ANCHORS, ENTRIES } from './rows';
import { WatchRegister } from './WatchRegister';

jest.setTimeout(120_000);

describe.each([
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
])('the history on %s', (_name, start) => {
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

  it('knows of which release a deed is that comes in one append with it', async () => {
    const asked = {
      kind: 'request',
      key: 'request/1',
      at: NOW,
      data: { id: '1', requestedBy: 'user:default/ben', action: 'promote' },
    } as HistoryFact;
    const vote = {
      kind: 'vote',
      key: 'vote/1',
      // Later than the release that it is not of.
      at: NOW + 2 * DAY,
      data: { requestId: '1', vote: { by: 'user:default/cleo' } },
    } as HistoryFact;
    await store.append(
      [
        append([
          started('a', NOW - 500),
          started('b', NOW + DAY),
          act('1', NOW, 'promote'),
          asked,
          vote,
        ]),
      ],
      NOW,
    );
    const rows = await server.knex(ENTRIES).orderBy('seq');
    expect(rows.map(row => [row.kind, row.release_id])).toEqual([
      ['release-started', 'a'],
      ['release-started', 'b'],
      ['action', 'a'],
      ['request', 'a'],
      ['vote', 'a'],
    ]);
    await expect(reads.find('a')).resolves.toMatchObject({
      summary: {
        people: ['user:default/ada', 'user:default/ben', 'user:default/cleo'],
      },
    });
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

  it('finds what went on at a time, also what has not ended since', async () => {
    const begun = NOW - 20 * DAY;
    await store.append(
      ['going', 'long', 'past'].map(id =>
        append(
          [
            started(id, begun, { uid: id }),
            ...(id === 'going'
              ? []
              : [ended(id, id === 'long' ? NOW : NOW - DAY)]),
          ],
          undefined,
          `local/${id}`,
        ),
      ),
      NOW,
    );
    const found = await reads.page({ from: NOW }, { all: true }, 9);
    expect(found.map(({ summary }) => summary.id).sort()).toEqual([
      'going',
      'long',
    ]);
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
          entityRefs: new Set(['component:default/c1']),
          uids: new Set(['r0']),
        },
        9,
      ),
    ).toEqual(['r5', 'r3', 'r1', 'r0']);
    expect(await ids({ person: 'user:default/ada' }, all, 9)).toEqual([]);
  });

  it('says of which releases nobody saw the end, and takes them by their end up to the end of the range', async () => {
    await store.append(
      ['a', 'b', 'c'].map((id, index) =>
        append(
          [
            started(id, NOW),
            ended(id, NOW + index * DAY, { observed: id !== 'b' }),
          ],
          undefined,
          `local/${id}`,
        ),
      ),
      NOW,
    );
    const found = await reads.measured({
      ended: { from: NOW, to: NOW + 2 * DAY },
    });
    // The first at the begin; the third ends where the range does, and is not of it.
    expect(found.map(row => Boolean(row.end_observed)).sort()).toEqual([
      false,
      true,
    ]);
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
    const three = new WatchRegister(server.knex, 'three');
    await three.say(['local'], NOW + 10_000);
    // While another watches there is none, whoever has stopped; what it says
    // itself does not count, and neither what is said of another cluster.
    const until = (replica: WatchRegister, at: number) =>
      replica.gapUntil('local', NOW + at);
    expect(await until(two, 22_000)).toBeUndefined();
    expect(await until(two, 22_001)).toMatchObject({
      from: new Date(NOW + 10_000).toISOString(),
      cause: 'portal-down',
    });
    expect(await until(three, 10_001)).toMatchObject({ cause: 'portal-down' });
    expect(await two.gapUntil('other', NOW + 10_001)).toMatchObject({
      cause: 'first-seen',
    });
    await two.say(['local'], NOW + 30 * DAY);
    await two.tidy(NOW + 30 * DAY);
    expect(await server.knex('rollouts_history_watches')).toMatchObject([
      { replica: 'two' },
    ]);
  });
});

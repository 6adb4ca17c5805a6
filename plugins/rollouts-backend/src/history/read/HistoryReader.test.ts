import { mockCredentials } from '@backstage/backend-test-utils';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import type { RolloutAccess } from '../../access/RolloutAccess';
import { migrate } from '../../database/migrate';
import type { RolloutViews } from '../../view/RolloutViews';
import { DAY, NOW, append, ended, started } from '../__testUtils__/facts';
import { HistoryStore } from '../store/HistoryStore';
import { HistoryAccess } from './HistoryAccess';
import { HistoryReader } from './HistoryReader';

const ada = mockCredentials.user('user:default/ada');
const COLORS = 'component:default/colors';
const SEARCH = 'component:default/search';

describe('the history of somebody who reads the rollouts of colors', () => {
  let database: TestDatabase;
  let readable: string[];
  let readsEverything: boolean;
  /** By key, which entities the object is of now. */
  let live: Record<string, string[]>;
  let madeAgain: boolean;
  let reader: HistoryReader;

  beforeAll(async () => {
    database = await startSqlite();
    await migrate(database.knex);
    await new HistoryStore(database.knex).append(
      (
        [
          ['colors', 'demo', COLORS],
          ['search', 'demo', SEARCH],
          // The operator's map gives this namespace to others.
          ['payments', 'elsewhere', COLORS],
          // Of search when it was released
          ['moved', 'demo', SEARCH],
        ] as const
      ).map(([name, namespace, entityRef]) =>
        append(
          [
            started(name, NOW, {
              uid: name,
              name,
              namespace,
              entityRefs: [entityRef],
            }),
            ended(name, NOW + 1_000),
          ],
          undefined,
          `local/${name}`,
        ),
      ),
      NOW,
    );
  });
  afterAll(() => database?.stop());

  beforeEach(() => {
    readable = [COLORS];
    readsEverything = false;
    live = {};
    madeAgain = false;
    const rolloutOf = (key: string): Rollout => {
      const [, namespace, name = ''] = key.split('/');
      const uid = madeAgain ? 'another' : name;
      return { metadata: { name, namespace, uid }, spec: {} };
    };
    // Only what is asked of them.
    const access = {
      readable: async (_: unknown, refs: string[]) =>
        new Set(refs.filter(ref => readable.includes(ref))),
      readsEverything: async () => readsEverything,
      refusedTo: ({ rollout }: { rollout: Rollout }) =>
        rollout.metadata.namespace === 'elsewhere' ? 'Not yours.' : undefined,
    } as unknown as RolloutAccess;
    const views = {
      get keys() {
        return Object.keys(live);
      },
      rollout: (key: string) => (live[key] ? rolloutOf(key) : undefined),
      index: {
        entityRefs: (key: string) => live[key] ?? [],
        rolloutKeys: (ref: string) =>
          Object.keys(live).filter(key => live[key]?.includes(ref)),
      },
    } as unknown as RolloutViews;
    reader = new HistoryReader({
      database: () => database.knex,
      access: new HistoryAccess(access, views),
      now: () => NOW + DAY,
    });
  });

  async function seen(entityRef?: string) {
    const scope = { credentials: ada, entityRef, filter: {} };
    const exported: string[] = [];
    for await (const { summary } of reader.export(scope)) {
      exported.push(summary.id);
    }
    const { items } = await reader.page(scope, { limit: 10 });
    const { deployments } = await reader.measures(scope, { bucket: 'day' });
    const opened: string[] = [];
    for (const id of ['colors', 'moved', 'payments', 'search']) {
      await reader.release(ada, id).then(
        release => opened.push(release.id),
        () => {},
      );
    }
    return {
      listed: items.map(({ id }) => id).sort(),
      exported: exported.sort(),
      deployments,
      opened,
    };
  }

  it.each([[undefined], [COLORS]])(
    'has nothing of others, and nothing of what the entity only claims: %s',
    async entityRef => {
      live = { 'local/elsewhere/payments': [COLORS] };
      await expect(seen(entityRef)).resolves.toEqual({
        listed: ['colors'],
        exported: ['colors'],
        deployments: 1,
        opened: ['colors'],
      });
    },
  );

  it('has what an object did before it came to the entity', async () => {
    live = { 'local/demo/moved': [COLORS] };
    await expect(seen()).resolves.toEqual({
      listed: ['colors', 'moved'],
      exported: ['colors', 'moved'],
      deployments: 2,
      opened: ['colors', 'moved'],
    });
  });

  it('has nothing of an object that had the same name before', async () => {
    live = { 'local/demo/moved': [COLORS] };
    madeAgain = true;
    await expect(seen()).resolves.toMatchObject({
      listed: ['colors'],
      opened: ['colors'],
    });
  });

  it('has no comparison with what may not be read', async () => {
    await expect(
      reader.comparison(ada, { from: 'colors', to: 'search' }),
    ).rejects.toThrow('There is no such release');
    await expect(
      reader.comparison(ada, { from: 'payments', to: 'colors' }),
    ).rejects.toThrow('There is no such release');
  });

  it('is refused for another entity', async () => {
    await expect(
      reader.measures(
        { credentials: ada, entityRef: SEARCH, filter: {} },
        { bucket: 'day' },
      ),
    ).rejects.toThrow(/may not see the rollouts of component:default\/search/);
  });

  it('is all of it once the policy says so', async () => {
    readsEverything = true;
    await expect(seen()).resolves.toMatchObject({
      deployments: 4,
      opened: ['colors', 'moved', 'payments', 'search'],
    });
  });

  it.each([[false], [true]])(
    'measures what ended in the range, without the moment of its end; of all: %s',
    async all => {
      readsEverything = all;
      const measured = async (from: number, to: number) => {
        const scope = { credentials: ada, filter: {} };
        const range = { from, to, bucket: 'day' as const };
        return (await reader.measures(scope, range)).deployments;
      };
      // They ended a second after NOW.
      expect(await measured(NOW - DAY, NOW + 1_000)).toBe(0);
      expect(await measured(NOW + 1_000, NOW + DAY)).toBe(all ? 4 : 1);
      expect(await measured(NOW + 1_001, NOW + DAY)).toBe(0);
    },
  );

  it('is nothing once the right is gone', async () => {
    readable = [];
    await expect(seen()).resolves.toEqual({
      listed: [],
      exported: [],
      deployments: 0,
      opened: [],
    });
  });
});

it('exports all of very many releases, each once, newest first', async () => {
  const database = await startSqlite();
  await migrate(database.knex);
  await new HistoryStore(database.knex).append(
    Array.from({ length: 401 }, (_, at) =>
      append(
        [started(`r${at}`, NOW + at, { uid: `u${at}` })],
        undefined,
        `local/u${at}`,
      ),
    ),
    NOW,
  );
  const reader = new HistoryReader({
    database: () => database.knex,
    // Only what an export asks.
    access: { ofAll: async () => ({ all: true }) } as unknown as HistoryAccess,
    now: () => NOW,
  });

  const exported: string[] = [];
  for await (const { summary } of reader.export({
    credentials: ada,
    filter: {},
  })) {
    exported.push(summary.id);
  }
  await database.stop();

  expect(exported).toEqual(
    Array.from({ length: 401 }, (_, at) => `r${400 - at}`),
  );
});

import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock } from '@progressive-delivery/kube';
import { startSqlite, type TestDatabase } from '../__testUtils__/testDatabases';
import type { Cluster } from '../clusters/Cluster';
import { migrate } from '../database/migrate';
import { DAY, NOW, append, ended, started } from './__testUtils__/facts';
import { History, type HistoryOptions } from './History';
import { HistoryStore } from './store/HistoryStore';
import { RELEASES, WATCHES } from './store/rows';

let server: TestDatabase;
const info = jest.fn();

beforeAll(async () => {
  server = await startSqlite();
  await migrate(server.knex);
});
afterAll(() => server?.stop());
beforeEach(() => info.mockClear());

function historyOf(options: {
  keepMilliseconds?: number;
  database?: HistoryOptions['database'];
  clusters?: HistoryOptions['clusters'];
}) {
  return new History({
    config: {
      enabled: true,
      keepMilliseconds: options.keepMilliseconds,
      commitAnnotations: [],
      templates: false,
    },
    database: () => server.knex,
    cluster: () => undefined,
    clusters: () => [],
    entityRefs: () => [],
    clock: new ManualClock(NOW),
    logger: mockServices.logger.mock({ info }),
    ...options,
  });
}

describe('retention', () => {
  beforeAll(async () => {
    await new HistoryStore(server.knex).append(
      [
        append([
          started('old', NOW - 9 * DAY),
          ended('old', NOW - 4 * DAY),
          // Began before what is kept, and ended within it.
          started('new', NOW - 3 * DAY),
          ended('new', NOW - DAY),
        ]),
      ],
      NOW - DAY,
    );
  });
  const kept = () => server.knex(RELEASES).orderBy('started_at').pluck('id');

  it('removes nothing where all is kept for ever', async () => {
    await historyOf({}).removeOld();

    expect(await kept()).toEqual(['old', 'new']);
    expect(info).not.toHaveBeenCalled();
  });

  it('removes what has ended before the time that is kept', async () => {
    await historyOf({ keepMilliseconds: 2 * DAY }).removeOld();

    expect(await kept()).toEqual(['new']);
    expect(info).toHaveBeenCalledWith(
      'Retention removed 1 releases with 2 entries from the history.',
    );
  });

  it('fails while the database is not open', async () => {
    const history = historyOf({ database: () => undefined });

    await expect(history.removeOld()).rejects.toThrow('not been opened');
  });
});

describe('who watches a cluster', () => {
  const watches = () => server.knex(WATCHES).select('cluster', 'stopped');
  const clusterIn = (state: string) =>
    ({
      name: `cluster-${state}`,
      health: { state },
      mirror: { stores: { rollouts: { synced: true, byIndex: () => [] } } },
    }) as unknown as Cluster;

  it('is not who does not reach it, nor who has not looked for what is gone', async () => {
    const clusters = [clusterIn('stale'), clusterIn('healthy')];
    const history = historyOf({ clusters: () => clusters });

    history.start();
    clusters.push(clusterIn('joined'));
    await history.stop();

    const rows = await watches();
    expect(rows).toMatchObject([{ cluster: 'cluster-healthy' }]);
    expect(Boolean(rows[0]?.stopped)).toBe(true);
  });
});

import { mockServices } from '@backstage/backend-test-utils';
import { systemClock } from '@progressive-delivery/kube';
import { startSqlite, type TestDatabase } from '../__testUtils__/testDatabases';
import type { Cluster } from '../clusters/Cluster';
import { ActionStore } from '../database/ActionStore';
import { migrate } from '../database/migrate';
import type { ExecuteOptions } from './ActionExecutor';
import { RolloutActions } from './RolloutActions';
import { unreachable } from './toRefusal';

describe('two replicas of the backend on one database', () => {
  const decision = {
    // Only handed on to the executor.
    cluster: {} as Cluster,
    ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
    action: 'restart' as const,
    request: {
      idempotencyKey: 'one-decision',
      seen: { uid: 'u1', generation: 1 },
    },
    principal: 'user:default/ada',
    entityRef: 'component:default/colors',
  };
  let database: TestDatabase;
  let store: ActionStore;

  beforeEach(async () => {
    database = await startSqlite();
    await migrate(database.knex);
    store = new ActionStore(database.knex);
  });
  afterEach(() => database.stop());

  function replicas() {
    const execute = jest.fn(async ({ id, action }: ExecuteOptions) => {
      await new Promise(resolve => setImmediate(resolve));
      return {
        id,
        action,
        outcome: 'applied' as const,
        message: 'Done.',
        consequences: [],
        warnings: [],
        patches: [],
      };
    });
    const replica = (now = systemClock.now()) =>
      new RolloutActions({
        executor: { execute },
        store: () => store,
        log: { add: () => {} },
        clock: { ...systemClock, now: () => now },
        logger: mockServices.logger.mock(),
      });
    return { execute, replica };
  }

  it('carry one decision out once, and give both callers its outcome', async () => {
    const { execute, replica } = replicas();

    const [first, second] = await Promise.all([
      replica().act(decision),
      replica().act(decision),
    ]);

    expect(execute).toHaveBeenCalledTimes(1);
    expect(second).toEqual(first);
  });

  it('refuse a key that another person used', async () => {
    const { execute, replica } = replicas();
    await replica().act(decision);

    const replayed = replica().act({
      ...decision,
      principal: 'user:default/eve',
    });

    await expect(replayed).rejects.toMatchObject({
      refusal: { code: 'invalid', message: expect.stringContaining('key') },
    });
    expect(execute).toHaveBeenCalledTimes(1);
  });

  it('repeat what found no cluster as it was decided then', async () => {
    const { execute, replica } = replicas();
    execute.mockRejectedValueOnce(unreachable('The cluster is away.'));
    await expect(replica(1_000).act(decision)).rejects.toThrow(/is away/);

    await replica(9_000).act(decision);

    expect(
      execute.mock.calls.map(([{ id, decidedAt }]) => [id, decidedAt]),
    ).toEqual([
      [expect.any(String), 1_000],
      [execute.mock.calls[0]?.[0].id, 1_000],
    ]);
  });
});

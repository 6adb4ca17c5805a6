import { mockServices } from '@backstage/backend-test-utils';
import { systemClock } from '@progressive-delivery/kube';
import { startSqlite } from '../__testUtils__/testDatabases';
import type { Cluster } from '../clusters/Cluster';
import { ActionStore } from '../database/ActionStore';
import { migrate } from '../database/migrate';
import { RolloutActions } from './RolloutActions';

describe('two replicas of the backend on one database', () => {
  it('carry one decision out once, and give both callers its outcome', async () => {
    const database = await startSqlite();
    await migrate(database.knex);
    const store = new ActionStore(database.knex);
    const execute = jest.fn(async ({ id, action }) => {
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
    const replica = () =>
      new RolloutActions({
        executor: { execute },
        store: () => store,
        log: { add: () => {} },
        clock: systemClock,
        logger: mockServices.logger.mock(),
      });
    const decision = {
      // Only handed on to the executor.
      cluster: {} as Cluster,
      ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
      action: 'promote' as const,
      request: {
        idempotencyKey: 'one-decision',
        seen: { uid: 'u1', generation: 1 },
      },
      principal: 'user:default/ada',
      entityRef: 'component:default/colors',
    };

    try {
      const [first, second] = await Promise.all([
        replica().act(decision),
        replica().act(decision),
      ]);

      expect(execute).toHaveBeenCalledTimes(1);
      expect(second).toEqual(first);
    } finally {
      await database.stop();
    }
  });
});

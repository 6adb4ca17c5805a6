import { mockServices } from '@backstage/backend-test-utils';
import type { RolloutAction } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { systemClock } from '@progressive-delivery/kube';
import type { Cluster } from '../clusters/Cluster';
import { RolloutActions } from './RolloutActions';

describe('while the database is down', () => {
  function start() {
    const execute = jest.fn(async ({ id, action }) => ({
      id,
      action,
      outcome: 'applied' as const,
      message: 'Done.',
      consequences: [],
      warnings: [],
      patches: [],
    }));
    const actions = new RolloutActions({
      executor: { execute },
      store: () => undefined,
      log: { add: () => {} },
      // Waiting for a database that does not come back takes no time here.
      clock: {
        ...systemClock,
        after: (_, callback) => systemClock.after(0, callback),
      },
      logger: mockServices.logger.mock(),
    });
    const act = (action: RolloutAction) =>
      actions.act({
        // Only handed on to the executor.
        cluster: {} as Cluster,
        ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
        action,
        request: {
          idempotencyKey: 'one-decision',
          seen: { uid: 'u1', generation: 1 },
        },
        principal: 'user:default/ada',
        entityRef: 'component:default/colors',
      });
    return { act, execute };
  }

  it('abort is carried out', async () => {
    const { act, execute } = start();
    await expect(act('abort')).resolves.toMatchObject({ outcome: 'applied' });
    expect(execute).toHaveBeenCalledTimes(1);
  });

  it('anything else is not, because it could not be put on record', async () => {
    const { act, execute } = start();
    await expect(act('promote')).rejects.toThrow(/database is not available/);
    expect(execute).not.toHaveBeenCalled();
  });
});

import { mockServices } from '@backstage/backend-test-utils';
import type { RolloutAction } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { systemClock } from '@progressive-delivery/kube';
import type { Cluster } from '../clusters/Cluster';
import type { ActionStore } from '../database/ActionStore';
import { RolloutActions } from './RolloutActions';

function deferred() {
  let resolve = () => {};
  const promise = new Promise<undefined>(done => {
    resolve = () => done(undefined);
  });
  return { promise, resolve };
}

describe('while the database is down', () => {
  function start(store?: ActionStore) {
    const execute = jest.fn(async ({ id, action }) => ({
      id,
      action,
      outcome: 'applied' as const,
      message: 'Done.',
      consequences: [],
      warnings: [],
      patches: [],
    }));
    const waits: number[] = [];
    const onUnrecorded = jest.fn(async () => {});
    const actions = new RolloutActions({
      executor: { execute },
      store: () => store,
      log: { add: () => {} },
      // Waiting for a database that does not come back takes no time here.
      clock: {
        ...systemClock,
        after: (milliseconds, callback) => {
          waits.push(milliseconds);
          return milliseconds < 60_000
            ? systemClock.after(0, callback)
            : () => {};
        },
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
        onUnrecorded,
      });
    return { act, execute, waits, onUnrecorded };
  }

  it('abort is carried out', async () => {
    const { act, execute } = start();
    await expect(act('abort')).resolves.toMatchObject({ outcome: 'applied' });
    expect(execute).toHaveBeenCalledTimes(1);
  });

  it('abort is carried out once per decision, and audited', async () => {
    const { act, execute, onUnrecorded } = start();
    const [first, again] = await Promise.all([act('abort'), act('abort')]);
    await expect(act('abort')).resolves.toEqual(first);
    expect(again).toEqual(first);
    expect(execute).toHaveBeenCalledTimes(1);
    expect(onUnrecorded).toHaveBeenCalledTimes(1);
  });

  it('abort waits 2 s for a database that hangs, then goes on', async () => {
    const begun = deferred();
    const finished = deferred();
    const { act, execute, waits, onUnrecorded } = start({
      begin: () => begun.promise,
      finish: async () => finished.resolve(),
    } as Partial<ActionStore> as ActionStore);

    await expect(act('abort')).resolves.toMatchObject({ outcome: 'applied' });

    expect(waits[0]).toBe(2_000);
    expect(execute).toHaveBeenCalledTimes(1);
    expect(onUnrecorded).toHaveBeenCalledWith(
      expect.objectContaining({ message: expect.stringContaining('2000 ms') }),
    );
    begun.resolve();
    await finished.promise;
  });

  it('anything else is not, because it could not be put on record', async () => {
    const { act, execute } = start();
    await expect(act('promote')).rejects.toThrow(/database is not available/);
    expect(execute).not.toHaveBeenCalled();
  });
});

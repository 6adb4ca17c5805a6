import { mockServices } from '@backstage/backend-test-utils';
import type { ActionLock } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import type { ActingSubject, ActionGate } from './ActionGate';
import { ActionGates, type Ungated } from './ActionGates';

const subject = (
  action: Ungated<ActingSubject>['action'],
): Ungated<ActingSubject> => ({
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  entities: [],
  action,
  rollout: canary(),
  actionId: 'a1',
  principal: 'user:default/ada',
  entityRef: 'component:default/colors',
  details: {},
});

function lock(name: string): ActionLock {
  return {
    gate: 'freeze',
    name,
    reason: `${name} is on.`,
    remedy: 'Wait.',
    emergency: true,
  };
}

function gate(locks: ActionLock[]) {
  return {
    gate: 'freeze' as const,
    look: jest.fn(() => locks),
    admit: jest.fn(async () => locks),
    settle: jest.fn(async () => {}),
    subscribe: () => () => {},
  } satisfies ActionGate;
}

const start = (...gates: ActionGate[]) =>
  new ActionGates(gates, { now: () => 0 }, mockServices.logger.mock());

describe('the gates', () => {
  it('let an action pass that none of them locks', async () => {
    await expect(
      start(gate([]), gate([])).admit(subject('promote')),
    ).resolves.toBeUndefined();
  });

  it('refuse with the reason, the remedy and the locks', async () => {
    const gates = start(gate([lock('Advent'), lock('Night')]));
    const error = await gates.admit(subject('promote')).catch(e => e);
    expect(error).toBeInstanceOf(ActionRefusedError);
    expect(error.status).toBe(423);
    expect(error.refusal).toEqual({
      code: 'locked',
      message: 'Advent is on. Night is on.',
      remedy: 'Wait.',
      locks: [lock('Advent'), lock('Night')],
    });
  });

  it('do not ask the next one after a lock, so that no approval is used up in vain', async () => {
    const second = gate([]);
    await start(gate([lock('Advent')]), second)
      .admit(subject('promote'))
      .catch(() => {});
    expect(second.admit).not.toHaveBeenCalled();
  });

  it('show the locks of all of them', () => {
    const gates = start(gate([lock('Advent')]), gate([lock('Night')]));
    expect(gates.look(subject('promote')).map(({ name }) => name)).toEqual([
      'Advent',
      'Night',
    ]);
  });

  it.each(['abort', 'pause'] as const)(
    'are never asked for %s',
    async action => {
      const closed = gate([lock('Advent')]);
      const gates = start(closed);
      expect(gates.look(subject(action))).toEqual([]);
      await expect(gates.admit(subject(action))).resolves.toBeUndefined();
      expect(closed.look).not.toHaveBeenCalled();
      expect(closed.admit).not.toHaveBeenCalled();
    },
  );

  it('are all told what became of it, also when one of them fails', async () => {
    const failing = gate([]);
    failing.settle.mockRejectedValue(new Error('no database'));
    const other = gate([]);
    const refusal = { code: 'moved-on' as const, message: 'Moved on.' };
    await start(failing, other).settle(subject('promote'), { refusal });
    expect(other.settle).toHaveBeenCalledWith(
      expect.objectContaining({ actionId: 'a1' }),
      { refusal },
    );
  });
});

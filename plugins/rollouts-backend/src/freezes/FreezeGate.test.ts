import { ManualClock } from '@progressive-delivery/kube';
import { canary } from '../__testUtils__/rollouts';
import type { ActingSubject } from '../gates/ActionGate';
import { FreezeGate } from './FreezeGate';
import { FreezeCalendar } from './windows/FreezeCalendar';
import { readFreeze } from './windows/readFreeze';

const subject: ActingSubject = {
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  entities: [],
  action: 'promote',
  rollout: canary(),
  actionId: 'a',
  principal: 'user:default/ada',
  entityRef: 'component:default/colors',
  details: {},
};
const down = async () => {
  throw new Error('the database is down');
};

it('keeps closed what cannot be found out, also in an emergency', async () => {
  const clock = new ManualClock();
  const gate = new FreezeGate({
    calendar: new FreezeCalendar({ configured: [], clock }),
    stored: { refresh: down },
    undoTarget: () => undefined,
  });

  const locks = await gate.admit(
    { ...subject, emergency: 'the shop is down' },
    clock.now(),
  );

  expect(locks).toMatchObject([
    { gate: 'freeze', reason: expect.stringContaining('database is down') },
  ]);
});

it('asks at execution for what other replicas have made', async () => {
  const clock = new ManualClock();
  const calendar = new FreezeCalendar({ configured: [], clock });
  const window = readFreeze(
    {
      name: 'Outage',
      reason: 'hands off',
      timeZone: 'UTC',
      start: '2025-12-31T00:00',
      duration: 'P7D',
    },
    '',
  );
  const gate = new FreezeGate({
    calendar,
    stored: {
      refresh: async () =>
        calendar.setStored([{ ...window, id: '1', source: 'api' }]),
    },
    undoTarget: () => undefined,
  });

  expect(gate.look(subject, clock.now())).toEqual([]);
  await expect(gate.admit(subject, clock.now())).resolves.toMatchObject([
    { name: 'Outage' },
  ]);
});

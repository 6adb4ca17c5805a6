import { ManualClock } from '@progressive-delivery/kube';
import { canary } from '../__testUtils__/rollouts';
import type { ActingSubject } from '../gates/ActionGate';
import { FreezeGate, type FreezeGateOptions } from './FreezeGate';
import { FreezeCalendar } from './windows/FreezeCalendar';
import type { FreezeWindow } from './windows/FreezeWindow';
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
function windowOf(name: string, emergency = true): FreezeWindow {
  const window = readFreeze(
    {
      name,
      reason: 'hands off',
      timeZone: 'UTC',
      start: '2025-12-31T00:00',
      duration: 'P7D',
      emergency,
    },
    '',
  );
  return { ...window, id: name, source: 'api' };
}

function gateUnder(
  configured: FreezeWindow[],
  undoTarget: FreezeGateOptions['undoTarget'] = () => undefined,
) {
  const clock = new ManualClock();
  const gate = new FreezeGate({
    calendar: new FreezeCalendar({ configured, clock }),
    stored: { refresh: async () => {} },
    undoTarget,
  });
  return (acting: Partial<ActingSubject>) =>
    gate.admit({ ...subject, ...acting }, clock.now());
}

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
  const gate = new FreezeGate({
    calendar,
    stored: {
      refresh: async () => calendar.setStored([windowOf('Outage')]),
    },
    undoTarget: () => undefined,
  });

  expect(gate.look(subject, clock.now())).toEqual([]);
  await expect(gate.admit(subject, clock.now())).resolves.toMatchObject([
    { name: 'Outage' },
  ]);
});

it('lets an emergency pass the windows that allow it, and no others', async () => {
  const admit = gateUnder([windowOf('Weekend'), windowOf('Audit', false)]);

  await expect(admit({})).resolves.toHaveLength(2);
  await expect(admit({ emergency: 'it burns' })).resolves.toMatchObject([
    { name: 'Audit' },
  ]);
});

it('judges an undo by the revision that is asked for', async () => {
  const admit = gateUnder([windowOf('Weekend')], (_, toRevision) =>
    toRevision === undefined ? 'blue' : 'red',
  );

  await expect(admit({ action: 'undo' })).resolves.toEqual([]);
  await expect(
    admit({ action: 'undo', details: { toRevision: 1 } }),
  ).resolves.toMatchObject([{ name: 'Weekend' }]);
});

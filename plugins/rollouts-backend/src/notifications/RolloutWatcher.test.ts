import { ManualClock } from '@progressive-delivery/kube';
import { canary } from '../__testUtils__/rollouts';
import type { Notice } from './notices/Notice';
import { RolloutWatcher } from './RolloutWatcher';

function setUp({ onRecord = true } = {}) {
  const told: Notice[] = [];
  const ground = jest.fn(() => ({
    entityRef: 'component:default/colors',
    tabPath: '/rollouts',
    owners: ['group:default/palette'],
    sentence: 'Done.',
  }));
  const clock = new ManualClock(Date.parse('2026-11-01T10:02:00Z'));
  const watcher = new RolloutWatcher({
    tell: async notice => {
      told.push(notice);
      return onRecord;
    },
    ground,
    isFrozen: () => false,
    isFresh: () => true,
    expected: 60_000,
    clock,
  });
  return { watcher, ground, told };
}

describe('what happens to a rollout', () => {
  const before = canary({ metadata: { uid: 'u1' } });

  it('is not looked for in a change of its pods', () => {
    const { watcher, ground } = setUp();
    watcher.changed('local', before, false);
    watcher.changed('local', before, false);
    expect(ground).not.toHaveBeenCalled();
  });

  it('is looked for no more once it is gone', () => {
    const { watcher, told } = setUp();
    watcher.changed('local', before, false);
    watcher.look();
    expect(told.map(({ topic }) => topic)).toEqual(['stuck']);

    watcher.changed('local', before, true);
    watcher.look();
    expect(told).toHaveLength(1);
  });

  it('is told of once while it stands still, and again where nobody took the notice on', async () => {
    const { watcher, told } = setUp();
    const lost = setUp({ onRecord: false });
    for (const each of [watcher, lost.watcher]) {
      each.changed('local', before, false);
      each.look();
      await Promise.resolve();
      each.look();
    }
    expect(told).toHaveLength(1);
    expect(lost.told).toHaveLength(2);
  });

  it('is told of anew when it was gone and is back', async () => {
    const { watcher, told } = setUp();
    for (const gone of [false, true, false]) {
      watcher.changed('local', before, gone);
      watcher.look();
      await Promise.resolve();
    }
    expect(told.map(({ topic }) => topic)).toEqual(['stuck', 'stuck']);
  });

  it('is told of anew once it stands still at another step', async () => {
    const { watcher, told } = setUp();
    watcher.changed('local', before, false);
    watcher.look();
    await Promise.resolve();
    const { status } = before;
    watcher.changed(
      'local',
      { ...before, status: { ...status, currentStepIndex: 3 } },
      false,
    );
    watcher.look();
    expect(told.filter(({ topic }) => topic === 'stuck')).toHaveLength(2);
  });

  it('is looked for in each change of its own', () => {
    const { watcher, ground } = setUp();
    watcher.changed('local', before, false);
    watcher.changed('local', { ...before }, false);
    expect(ground).toHaveBeenCalledTimes(1);
  });
});

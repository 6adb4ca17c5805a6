import { StatusPace } from './statusPace';

const before = { metadata: { name: 'shop' }, spec: {} };
const rollout = { metadata: { name: 'shop' }, spec: {} };

describe('the pace of status writes', () => {
  it('holds numbers of pods that change again at once', () => {
    const pace = new StatusPace();
    expect(pace.pauseBefore(rollout, { replicas: 6 }, 1_000)).toBe(0);
    pace.seen(before, rollout, 1_000);

    const counts = { replicas: 6, availableReplicas: 5 };
    expect(pace.pauseBefore(rollout, counts, 1_030)).toBe(70);
    expect(pace.pauseBefore(rollout, counts, 1_100)).toBe(0);
  });

  it.each([
    ['a step', { currentStepIndex: 2, replicas: 6 }],
    ['a phase', { phase: 'Healthy' }],
    ['a condition', { conditions: [] }],
    ['the whole status', null],
  ])('never holds %s', (_, patch) => {
    const pace = new StatusPace();
    pace.seen(before, rollout, 1_000);
    expect(pace.pauseBefore(rollout, patch, 1_001)).toBe(0);
  });

  it('holds nothing after a turn that wrote nothing', () => {
    const pace = new StatusPace();
    pace.seen(rollout, rollout, 1_000);
    expect(pace.pauseBefore(rollout, { replicas: 6 }, 1_001)).toBe(0);
  });

  it('holds nothing of an object that others have written since', () => {
    const pace = new StatusPace();
    pace.seen(before, rollout, 1_000);
    expect(pace.pauseBefore({ ...rollout }, { replicas: 6 }, 1_001)).toBe(0);
  });

  it('holds nothing for long when the clock was set back', () => {
    const pace = new StatusPace();
    pace.seen(before, rollout, 9_000_000);
    expect(pace.pauseBefore(rollout, { replicas: 6 }, 1_000)).toBe(100);
  });
});

import { StatusPace } from './statusPace';

const before = { metadata: { name: 'shop' }, spec: {} };
const rollout = { metadata: { name: 'shop' }, spec: {} };

const condition = (type: string, reason: string) => ({
  type,
  status: 'True' as const,
  reason,
  message: `${type} for ${reason}`,
});
const progressing = condition('Progressing', 'ReplicaSetUpdated');
const available = condition('Available', 'AvailableReason');
const paused = condition('Paused', 'RolloutPaused');

/** A turn on a control plane with time to spare. */
const QUICK = { took: 5, writes: 1 };

describe('the pace of status writes', () => {
  it('holds numbers of pods that change again at once', () => {
    const pace = new StatusPace();
    expect(pace.pauseBefore(rollout, { replicas: 6 }, 1_000)).toBe(0);
    pace.seen(before, rollout, 1_000, QUICK);

    const counts = { replicas: 6, availableReplicas: 5 };
    expect(pace.pauseBefore(rollout, counts, 1_030)).toBe(470);
    expect(pace.pauseBefore(rollout, counts, 1_500)).toBe(0);
  });

  it.each([
    { took: 5, writes: 1, pause: 500 },
    { took: 30, writes: 1, pause: 3_000 },
    { took: 90, writes: 3, pause: 3_000 },
    { took: 30, writes: 0, pause: 3_000 },
    { took: 9_000, writes: 1, pause: 5_000 },
  ])('after $writes writes in $took ms holds them for $pause ms', turn => {
    const { pause } = turn;
    const pace = new StatusPace();
    for (let count = 0; count < 100; count++) {
      pace.seen(before, rollout, 1_000, turn);
    }
    expect(pace.pauseBefore(rollout, { replicas: 6 }, 1_000)).toBeCloseTo(
      pause,
      0,
    );
  });

  it('does not take one slow write for a busy control plane', () => {
    const pace = new StatusPace();
    pace.seen(before, rollout, 1_000, { took: 40, writes: 1 });
    expect(pace.pauseBefore(rollout, { replicas: 6 }, 1_000)).toBe(500);
  });

  it('holds what the conditions say of pods on their way', () => {
    const pace = new StatusPace();
    const created = { ...progressing, reason: 'NewReplicaSetCreated' };
    const moving = { ...rollout, status: { conditions: [created, available] } };
    pace.seen(before, moving, 1_000, QUICK);

    const conditions = [
      progressing,
      { ...available, status: 'False' as const },
    ];
    const patch = { conditions, message: 'more replicas', replicas: 6 };
    expect(pace.pauseBefore(moving, patch, 1_001)).toBe(499);
  });

  it.each([
    ['a step', { currentStepIndex: 2, replicas: 6 }],
    ['a phase', { phase: 'Healthy' }],
    ['a new condition', { conditions: [progressing, available, paused] }],
    ['a condition that goes', { conditions: [progressing] }],
    [
      'a deadline',
      {
        conditions: [
          {
            ...progressing,
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
          },
          available,
        ],
      },
    ],
    ['the loss of all conditions', { conditions: null }],
    ['the whole status', null],
  ])('never holds %s', (_, patch) => {
    const pace = new StatusPace();
    const conditions = [progressing, available];
    const moving = { ...rollout, status: { conditions } };
    pace.seen(before, moving, 1_000, QUICK);
    expect(pace.pauseBefore(moving, patch, 1_001)).toBe(0);
  });

  it('holds nothing after a turn that wrote nothing', () => {
    const pace = new StatusPace();
    pace.seen(rollout, rollout, 1_000, QUICK);
    expect(pace.pauseBefore(rollout, { replicas: 6 }, 1_001)).toBe(0);
  });

  it('holds nothing of an object that others have written since', () => {
    const pace = new StatusPace();
    pace.seen(before, rollout, 1_000, QUICK);
    expect(pace.pauseBefore({ ...rollout }, { replicas: 6 }, 1_001)).toBe(0);
  });

  it('holds nothing for long when the clock was set back', () => {
    const pace = new StatusPace();
    pace.seen(before, rollout, 9_000_000, QUICK);
    expect(pace.pauseBefore(rollout, { replicas: 6 }, 1_000)).toBe(500);
  });
});

import { canary } from '../__testUtils__/rollouts';
import { checkSeen } from './checkSeen';

const rollout = canary({
  metadata: { name: 'colors', namespace: 'demo', uid: 'u1', generation: 1 },
});
const seen = { uid: 'u1', generation: 1, podHash: 'green', stepIndex: 1 };

describe.each(['revision', 'step'] as const)('bound to a %s', binds => {
  it('the version that was seen passes', () => {
    expect(checkSeen(rollout, seen, binds)).toBeUndefined();
  });

  it.each([['yellow'], [undefined]])(
    'having seen version %s is not having seen this one',
    podHash => {
      expect(checkSeen(rollout, { ...seen, podHash }, binds)).toMatchObject({
        code: 'moved-on',
      });
    },
  );

  it('a rollout without a version yet passes when none was seen', () => {
    const fresh = canary({
      metadata: rollout.metadata,
      status: { currentPodHash: undefined },
    });
    expect(
      checkSeen(fresh, { ...seen, podHash: undefined }, binds),
    ).toBeUndefined();
  });
});

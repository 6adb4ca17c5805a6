import type { Rollout, RolloutStatus } from '../kubernetes/rollout';
import { rolloutWeights, weightAtStep } from './weights';

const steps = [
  { setWeight: 20 },
  { pause: {} },
  { setCanaryScale: { replicas: 3 } },
  { setWeight: 60 },
];

function rollout(
  status: RolloutStatus,
  routed: boolean,
  max?: number,
): Rollout {
  return {
    metadata: { name: 'colors' },
    spec: {
      strategy: {
        canary: {
          steps,
          ...(routed && {
            trafficRouting: { istio: {}, maxTrafficWeight: max },
          }),
        },
      },
    },
    status: { currentPodHash: 'new', stableRS: 'old', ...status },
  };
}
const weights = (canary: number) => ({
  canary: { weights: { canary: { weight: canary }, stable: { weight: 0 } } },
});

describe('weightAtStep', () => {
  it.each([
    [0, 20],
    [2, 20],
    [3, 60],
    [4, 100],
  ])('at step %d is %d', (index, weight) => {
    expect(weightAtStep(steps, index)).toBe(weight);
  });

  it('is zero before the first setWeight', () => {
    expect(weightAtStep([{ pause: {} }, { setWeight: 10 }], 0)).toBe(0);
  });
});

describe('rolloutWeights', () => {
  it('shows what is wanted beside what is routed', () => {
    const moving = rollout({ currentStepIndex: 3, ...weights(20) }, true);
    expect(rolloutWeights(moving, { canary: 1, all: 6 })).toEqual({
      desired: 60,
      actual: 20,
      max: 100,
      routed: true,
    });
  });

  it('counts available pods where nothing routes traffic', () => {
    const moving = rollout({ currentStepIndex: 1 }, false);
    expect(rolloutWeights(moving, { canary: 1, all: 5 })).toMatchObject({
      desired: 20,
      actual: 20,
      routed: false,
    });
  });

  it('wants nothing on the canary after an abort', () => {
    const aborted = rollout(
      { abort: true, currentStepIndex: 0, ...weights(0) },
      true,
    );
    expect(rolloutWeights(aborted, { canary: 0, all: 5 })).toMatchObject({
      desired: 0,
      actual: 0,
    });
  });

  it('reaches the maximum of the router when it is done', () => {
    const done = rollout({ stableRS: 'new', ...weights(0) }, true, 1000);
    expect(rolloutWeights(done, { canary: 5, all: 5 })).toMatchObject({
      desired: 1000,
      actual: 1000,
      max: 1000,
    });
  });

  it('divides by no pods without a fuss', () => {
    const moving = rollout({ currentStepIndex: 1 }, false);
    expect(rolloutWeights(moving, { canary: 0, all: 0 }).actual).toBe(0);
  });

  describe('of a blue-green rollout', () => {
    const blueGreen = (status: RolloutStatus): Rollout => ({
      metadata: { name: 'colors' },
      spec: { strategy: { blueGreen: { activeService: 'colors' } } },
      status: { currentPodHash: 'new', stableRS: 'old', ...status },
    });
    const half = { canary: 3, all: 6 };

    it('is zero while users are not on the preview, whatever pods it has', () => {
      const waiting = blueGreen({ blueGreen: { activeSelector: 'old' } });

      expect(rolloutWeights(waiting, half)).toEqual({
        desired: 0,
        actual: 0,
        max: 100,
        routed: true,
      });
    });

    it('is everybody from the switch on', () => {
      const switched = blueGreen({ blueGreen: { activeSelector: 'new' } });

      expect(rolloutWeights(switched, half)).toMatchObject({
        desired: 100,
        actual: 100,
      });
    });

    it('is to be zero again after an abort', () => {
      const aborted = blueGreen({
        abort: true,
        blueGreen: { activeSelector: 'new' },
      });

      expect(rolloutWeights(aborted, half)).toMatchObject({
        desired: 0,
        actual: 100,
      });
    });
  });
});

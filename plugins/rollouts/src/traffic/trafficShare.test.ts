import { stableImage, trafficShare } from './trafficShare';

const nobody = { desired: 0, ready: 0, available: 0 };
const one = { desired: 1, ready: 1, available: 1 };
const pods = { desired: 5, stable: one, canary: one };

describe('trafficShare', () => {
  it('is in fractions of the weights own scale', () => {
    const share = trafficShare({
      aborted: false,
      strategy: 'canary',
      weights: { desired: 200, actual: 100, max: 1000, routed: true },
      pods,
    });

    expect(share).toMatchObject({ actual: 0.1, desired: 0.2, settled: false });
  });

  it('names the sides of a blue-green by what they are', () => {
    const share = trafficShare({
      aborted: false,
      strategy: 'blueGreen',
      weights: { desired: 0, actual: 0, max: 100, routed: true },
      pods,
    });

    expect(share).toMatchObject({
      canaryRole: 'preview',
      stableRole: 'active',
      settled: false,
    });
  });

  it('is settled without canary pods and without weight', () => {
    const share = trafficShare({
      aborted: false,
      strategy: 'canary',
      weights: { desired: 0, actual: 0, max: 100, routed: true },
      pods: { ...pods, canary: nobody },
    });

    expect(share.settled).toBe(true);
  });

  it('stays within the bar whatever the object says', () => {
    const share = trafficShare({
      aborted: false,
      strategy: 'canary',
      weights: { desired: 140, actual: -1, max: 100, routed: true },
      pods,
    });

    expect(share).toMatchObject({ actual: 0, desired: 1 });
  });

  it.each([
    ['a finished rollout, whose weight stays at 100 %', 2, 2, true],
    ['a canary that has all requests but is not stable yet', 2, 1, false],
  ])('knows %s', (_, revision, stableRevision, settled) => {
    const share = trafficShare({
      aborted: false,
      strategy: 'canary',
      weights: { desired: 100, actual: 100, max: 100, routed: true },
      pods: { ...pods, canary: nobody },
      revision,
      stableRevision,
    });

    expect(share.settled).toBe(settled);
  });

  it('is settled after a rollback though pods of the canary are still kept', () => {
    const share = trafficShare({
      aborted: true,
      strategy: 'canary',
      weights: { desired: 0, actual: 0, max: 100, routed: true },
      pods,
    });

    expect(share.settled).toBe(true);
  });
});

describe('stableImage', () => {
  it('is of the container that is being changed', () => {
    expect(
      stableImage([
        { container: 'proxy', stable: 'proxy:1', current: 'proxy:1' },
        { container: 'colors', stable: 'colors:blue', current: 'colors:red' },
      ]),
    ).toBe('colors:blue');
  });
});

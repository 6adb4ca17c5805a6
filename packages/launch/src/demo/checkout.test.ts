import { isAtPause, isUntouched, type Checkout } from './checkout';

const checkout = (image: string, status: Checkout['status']): Checkout => ({
  metadata: { uid: 'u1', generation: 1, name: 'checkout' },
  spec: { template: { spec: { containers: [{ image }] } } },
  status,
});

describe('checkout of the demo', () => {
  it('is untouched with its first image, also before it is healthy', () => {
    expect(isUntouched(checkout('demo/checkout:blue', undefined))).toBe(true);
    expect(isUntouched(checkout('demo/checkout:green', undefined))).toBe(false);
  });

  it.each([
    ['of another version', 'green', [{}], true],
    ['of the version that serves', 'blue', [{}], false],
    ['that is over', 'green', undefined, false],
  ])('is at a pause %s: %s', (_, currentPodHash, pauseConditions, expected) => {
    const status = { stableRS: 'blue', currentPodHash, pauseConditions };
    expect(isAtPause(checkout('demo/checkout:green', status))).toBe(expected);
  });
});

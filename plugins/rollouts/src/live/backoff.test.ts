import { reconnectDelay } from './backoff';

describe('reconnectDelay', () => {
  it('doubles from half a second and stops at fifteen', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 50].map(n =>
      reconnectDelay(n, () => 1),
    );

    expect(delays).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
    ]);
  });

  it('spreads over the upper half', () => {
    expect(reconnectDelay(3, () => 0)).toBe(1_000);
  });
});

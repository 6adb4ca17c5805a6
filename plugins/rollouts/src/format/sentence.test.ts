import { keepUnits } from './sentence';

describe('keepUnits', () => {
  it('binds numbers to their units, and nothing else', () => {
    expect(keepUnits('Next is 40 %. Waits 2 min 10 s, 3 steps in all.')).toBe(
      'Next is 40\u00a0%. Waits 2\u00a0min 10\u00a0s, 3 steps in all.',
    );
  });
});

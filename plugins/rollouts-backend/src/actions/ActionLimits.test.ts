import { ActionLimits, TooManyActionsError } from './ActionLimits';

function start() {
  const time = { now: 0 };
  const limits = new ActionLimits({ monotonic: () => time.now });
  /** How many are let through before the first refusal. */
  const burst = (principal: string) => {
    for (let taken = 0; ; taken++) {
      try {
        limits.take(principal);
      } catch (error) {
        return { taken, error: error as TooManyActionsError };
      }
    }
  };
  return { time, limits, burst };
}

describe('ActionLimits', () => {
  it('lets a burst through, then says when to come back', () => {
    const { burst, time, limits } = start();
    const { taken, error } = burst('user:default/ada');

    expect(taken).toBe(30);
    expect(error).toMatchObject({
      retryAfter: 2,
      message: expect.stringContaining('Try again in 2 s'),
    });

    time.now += error.retryAfter * 1_000;
    expect(() => limits.take('user:default/ada')).not.toThrow();
  });

  it('does not let one person use up another’s', () => {
    const { burst } = start();
    burst('user:default/ada');
    expect(burst('user:default/bob').taken).toBe(30);
  });

  it('never saves up more than one burst', () => {
    const { burst, time } = start();
    burst('user:default/ada');
    time.now += 86_400_000;
    expect(burst('user:default/ada').taken).toBe(30);
  });
});

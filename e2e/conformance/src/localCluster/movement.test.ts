/** @jest-environment node */
import { Movement } from './movement';

function source() {
  let tell = () => {};
  return {
    change: () => tell(),
    subscribe(callback: () => void) {
      tell = callback;
      return () => {
        tell = () => {};
      };
    },
  };
}

describe('Movement', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits for a change that has not been seen', async () => {
    const cluster = source();
    const movement = new Movement([cluster]);
    let changed = false;
    const waited = movement.beyond(0, 10_000).then(() => {
      changed = true;
    });

    await jest.advanceTimersByTimeAsync(5_000);
    expect(changed).toBe(false);
    cluster.change();
    await waited;

    expect(movement.count).toBe(1);
    // A change that has come already is not waited for.
    await movement.beyond(0, 10_000);
  });

  it('is still when neither cluster has changed for a while', async () => {
    const [one, other] = [source(), source()];
    const movement = new Movement([one, other]);
    let still = false;
    const waited = movement.stillness(10_000).then(() => {
      still = true;
    });

    for (const { change } of [one, other, one, other]) {
      await jest.advanceTimersByTimeAsync(400);
      change();
      await jest.advanceTimersByTimeAsync(0);
    }
    expect(still).toBe(false);
    await jest.advanceTimersByTimeAsync(500);
    await waited;

    expect(still).toBe(true);
  });

  it('does not wait for ever for what never rests', async () => {
    const cluster = source();
    const movement = new Movement([cluster]);
    const waited = movement.stillness(2_000);

    for (let change = 0; change < 7; change++) {
      await jest.advanceTimersByTimeAsync(300);
      cluster.change();
      await jest.advanceTimersByTimeAsync(0);
    }

    await expect(waited).resolves.toBeUndefined();
  });
});

import { ManualClock } from '@progressive-delivery/kube';
import { SteadyTime } from './steadyTime';

const HOUR = 3_600_000;

describe('SteadyTime', () => {
  const clock = () => new ManualClock(1_000_000_000);

  it.each([HOUR, -HOUR])(
    '17: passes evenly while something is timed, though the clock jumps by %d ms',
    jump => {
      const wall = clock();
      const time = new SteadyTime(wall);
      const began = time.now('a', true);

      wall.advance(1_000);
      wall.jumpWall(jump);
      wall.advance(1_000);

      expect(time.now('a', true) - began).toBe(2_000);
    },
  );

  it('17: also when the clock jumps before the next turn', () => {
    const wall = clock();
    const time = new SteadyTime(wall);
    const began = time.now('a', false);
    time.hold('a');

    wall.jumpWall(HOUR);

    expect(time.now('a', true)).toBe(began);
  });

  it('is the wall clock again when nothing is timed any more', () => {
    const wall = clock();
    const time = new SteadyTime(wall);
    time.now('a', true);
    wall.jumpWall(HOUR);

    expect(time.now('a', false)).toBe(wall.now());
    expect(time.now('a', true)).toBe(wall.now());
  });

  it('is the wall clock for whatever begins after the jump', () => {
    const wall = clock();
    const time = new SteadyTime(wall);
    time.now('a', true);
    wall.jumpWall(HOUR);

    expect(time.now('b', true)).toBe(wall.now());
  });

  it('follows a clock that is set right little by little', () => {
    const wall = clock();
    const time = new SteadyTime(wall);
    for (let i = 0; i < 100; i++) {
      time.now('a', true);
      wall.advance(1_000);
      wall.jumpWall(1_500);
    }

    expect(time.now('a', true)).toBe(wall.now());
  });

  it('forgets what is gone', () => {
    const wall = clock();
    const time = new SteadyTime(wall);
    time.now('a', true);
    wall.jumpWall(HOUR);
    time.forget('a');

    expect(time.now('a', true)).toBe(wall.now());
  });
});

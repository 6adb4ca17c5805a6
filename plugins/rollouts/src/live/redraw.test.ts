import { REDRAW_MS, Redraw } from './redraw';

describe('Redraw', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('draws the first value at once and a burst after it as one', () => {
    const drawn: number[] = [];
    const redraw = new Redraw<number>(value => drawn.push(value), Date.now);

    redraw.offer(1);
    for (let value = 2; value <= 100; value++) {
      redraw.offer(value);
    }
    expect(drawn).toEqual([1]);

    jest.advanceTimersByTime(REDRAW_MS);
    expect(drawn).toEqual([1, 100]);
  });

  it('draws at most four times a second', () => {
    const drawn: number[] = [];
    const redraw = new Redraw<number>(value => drawn.push(value), Date.now);

    for (let at = 0; at < 990; at += 10) {
      redraw.offer(at);
      jest.advanceTimersByTime(10);
    }

    expect(drawn).toHaveLength(4);
  });

  it('draws nothing after it was stopped', () => {
    const drawn: number[] = [];
    const redraw = new Redraw<number>(value => drawn.push(value), Date.now);
    redraw.offer(1);
    redraw.offer(2);

    redraw.stop();
    jest.advanceTimersByTime(1000);

    expect(drawn).toEqual([1]);
  });
});

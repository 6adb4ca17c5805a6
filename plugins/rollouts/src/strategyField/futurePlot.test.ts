import { futureOf } from '../__fixtures__/StatePreviewApi';
import { exposedUntil, futurePlot, sampleAt } from './futurePlot';

const timeline = futureOf('standard');
const plot = futurePlot(timeline);
const at = (milliseconds: number) => milliseconds / plot.length;

describe('the picture of a future', () => {
  it('draws the share as a staircase that ends where everybody is', () => {
    expect(plot.share[0]).toEqual({ x: 0, y: 0 });
    expect(plot.share).toContainEqual({ x: at(5_000), y: 0.25 });
    expect(plot.share).toContainEqual({ x: at(305_000), y: 0.25 });
    expect(plot.share.at(-1)).toEqual({ x: 1, y: 1 });
    for (const [index, corner] of plot.share.slice(1).entries()) {
      const before = plot.share[index];
      expect(corner.x === before?.x || corner.y === before?.y).toBe(true);
    }
  });

  it('marks pauses until they are over, and whether a person ends them', () => {
    expect(plot.pauses.map(({ from, to, open }) => [from, to, open])).toEqual([
      [at(5_000), at(305_000), false],
      [at(310_000), at(610_000), false],
      [at(615_000), at(915_000), false],
    ]);
    const dark = futurePlot(futureOf('dark-canary'));
    expect(dark.pauses[0]).toMatchObject({ open: true });
  });

  it('lays analyses under the steps they watch, and says which failed', () => {
    expect(plot.analyses).toMatchObject([
      { from: at(5_000), to: at(915_000), lane: 0, role: 'background' },
    ]);
    const failing = futurePlot(futureOf('failing'));
    expect(failing.analyses.at(-1)).toMatchObject({ phase: 'Failed' });
    expect(failing.marks).toContainEqual(
      expect.objectContaining({ kind: 'abort' }),
    );
  });

  it('gives analyses at the same time lanes of their own', () => {
    const began = (name: string, moment: number) =>
      ({
        kind: 'analysisBegan',
        name,
        role: 'step',
        at: moment,
        text: name,
      }) as const;
    const { analyses, lanes } = futurePlot({
      ...timeline,
      events: [
        began('a', 0),
        began('b', 10_000),
        {
          kind: 'analysisEnded',
          name: 'a',
          role: 'step',
          phase: 'Successful',
          measurements: 1,
          milliseconds: 20_000,
          at: 20_000,
          text: 'a ends',
        },
        began('c', 30_000),
      ],
    });
    expect(analyses.map(({ lane }) => lane)).toEqual([0, 1, 0]);
    expect(lanes).toBe(2);
  });

  it('names round times, and few', () => {
    expect(plot.ticks).toEqual([0, 300_000, 600_000, 900_000]);
  });
});

describe('a moment of a future', () => {
  it('is what the last change before it made', () => {
    expect(sampleAt(timeline.samples, 304_999)?.share).toBe(25);
    expect(sampleAt(timeline.samples, 310_000)?.share).toBe(50);
  });

  it('has been met by the share of all who came so far', () => {
    const until = (moment: number) =>
      exposedUntil(timeline.samples, moment, timeline.outcome.at);
    expect(until(5_000)).toBe(0);
    expect(until(105_000)).toBe(25_000);
    // Who meets it when it is stable is no longer at risk.
    expect(until(2_000_000)).toBeCloseTo(timeline.exposed, -2);
  });
});

import type { ReleaseWeight } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { weightPlot } from './weightPlot';

const at = (second: number) => new Date(second * 1000).toISOString();
const weight = (second: number, actual: number): ReleaseWeight => ({
  at: at(second),
  actual,
  desired: actual,
  max: 100,
});

describe('weightPlot', () => {
  it('is a staircase from the begin to the end', () => {
    const plot = weightPlot(
      {
        weights: [weight(0, 20), weight(50, 40)],
        gapsIn: [],
        startedAt: at(0),
        endedAt: at(100),
      },
      0,
    );

    expect(plot?.routed).toEqual([
      { x: 0, y: 0.2 },
      { x: 0.5, y: 0.2 },
      { x: 0.5, y: 0.4 },
      { x: 1, y: 0.4 },
    ]);
    expect(plot?.most).toBe(0.4);
  });

  it('goes on to now while the release does', () => {
    const plot = weightPlot(
      { weights: [weight(0, 20)], gapsIn: [], startedAt: at(0) },
      10_000,
    );

    expect(plot?.to).toBe(10_000);
  });

  it('marks where nobody watched, from the begin when that is not known', () => {
    const plot = weightPlot(
      {
        weights: [weight(0, 20), weight(100, 100)],
        gapsIn: [
          { to: at(25), cause: 'first-seen' },
          { from: at(50), to: at(75), cause: 'portal-down' },
        ],
        startedAt: at(0),
        endedAt: at(100),
      },
      0,
    );

    expect(plot?.gaps).toEqual([
      { x: 0, width: 0.25 },
      { x: 0.5, width: 0.25 },
    ]);
  });

  it('is nothing without weights', () => {
    expect(weightPlot({ weights: [], gapsIn: [] }, 0)).toBeUndefined();
  });
});

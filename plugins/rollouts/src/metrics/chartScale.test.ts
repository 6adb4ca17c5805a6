import type { MeasurementView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { chartScale, lineRuns } from './chartScale';

const measured = (...numbers: (number | undefined)[]): MeasurementView[] =>
  numbers.map(number =>
    number === undefined
      ? { phase: 'Inconclusive', notANumber: 'NaN' }
      : { phase: 'Successful', number },
  );

describe('chartScale', () => {
  it('lies between round values, with room for the measurements and the threshold', () => {
    const scale = chartScale({
      measurements: measured(200, 300),
      threshold: { label: '< 500', operator: '<', value: 500 },
      unit: 'none',
    });

    expect([scale.low, scale.high]).toEqual([100, 600]);
    expect(scale.threshold).toBeCloseTo((500 - 100) / 500);
    expect(scale.points.map(p => p.x)).toEqual([0, 1]);
  });

  it.each([
    [[0.984, 0.991, 1], 0.95, [0.94, 1]],
    [[0.98, 0.71], 0.95, [0.6, 1]],
    [[0.0212, 0.0231], 0.025, [0.02, 0.026]],
  ])('has round ends for %j', (values, threshold, ends) => {
    const scale = chartScale({
      measurements: measured(...values),
      threshold: { label: '', operator: '>=', value: threshold },
      unit: 'ratio',
    });

    expect([scale.low, scale.high]).toEqual(ends);
  });

  it('keeps a share within 0 and 1', () => {
    const scale = chartScale({
      measurements: measured(0.02, 1),
      unit: 'ratio',
    });

    expect([scale.low, scale.high]).toEqual([0, 1]);
  });

  it('puts a single value and a flat line somewhere sensible', () => {
    const scale = chartScale({ measurements: measured(5), unit: 'none' });

    expect(scale.points).toEqual([
      { index: 0, x: 0.5, y: 0.5, phase: 'Successful' },
    ]);
  });

  it('never divides by zero: a flat share of one', () => {
    const scale = chartScale({ measurements: measured(0, 0), unit: 'ratio' });

    expect(scale.points.every(p => Number.isFinite(p.y))).toBe(true);
  });

  it('leaves a gap where nothing finite was measured', () => {
    const scale = chartScale({
      measurements: measured(1, undefined, 2, 3),
      unit: 'none',
    });

    expect(scale.points[1]?.y).toBeUndefined();
    expect(lineRuns(scale.points).map(run => run.map(p => p.index))).toEqual([
      [0],
      [2, 3],
    ]);
  });
});

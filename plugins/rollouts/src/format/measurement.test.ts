import { formatMeasurement, formatMetricNumber } from './measurement';

describe('formatMetricNumber', () => {
  it.each([
    [0.998, 'ratio', '99.8 %'],
    [0.71, 'ratio', '71 %'],
    [0.4123, 'seconds', '412.3 ms'],
    [1.55, 'seconds', '1.6 s'],
    [17, 'none', '17'],
    [3.14159, 'none', '3.142'],
  ] as const)('%s as %s is %s', (value, unit, expected) => {
    expect(formatMetricNumber(value, unit)).toBe(
      expected.replace(' ', '\u00a0'),
    );
  });
});

describe('formatMeasurement', () => {
  it('says NaN instead of hiding it', () => {
    expect(
      formatMeasurement(
        { phase: 'Inconclusive', value: '[NaN]', notANumber: 'NaN' },
        'ratio',
      ),
    ).toBe('NaN');
  });

  it('falls back to the words of the provider', () => {
    expect(
      formatMeasurement({ phase: 'Successful', value: 'ok' }, 'none'),
    ).toBe('ok');
  });

  it('has nothing to say without a measurement', () => {
    expect(formatMeasurement(undefined, 'none')).toBeUndefined();
  });
});

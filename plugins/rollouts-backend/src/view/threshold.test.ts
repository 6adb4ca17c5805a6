import { thresholdOf, unitOf } from './threshold';

const metric = (
  name: string,
  successCondition: string,
  query = '',
  failureCondition?: string,
) => ({
  name,
  successCondition: successCondition || undefined,
  failureCondition,
  provider: { prometheus: { query } },
});

it.each([
  ['success-rate', 'result[0] >= 0.95', '', '≥ 95 %'],
  ['success-rate', 'result >= 0.95', '', '≥ 95 %'],
  ['success-percent', 'result[0] >= 95', '', '≥ 95'],
  ['latency-p95', 'result[0] <= 500', 'http_request_duration_ms', '≤ 500'],
  [
    'latency-p95',
    'result[0] <= 500',
    'istio_request_duration_milliseconds_bucket',
    '≤ 500',
  ],
  [
    'latency-p95',
    'result[0] < 0.25',
    'http_request_duration_seconds_bucket',
    '< 250 ms',
  ],
  ['duration-seconds', 'result[0] < 2', '', '< 2 s'],
])('%s with "%s" on "%s" is %s', (name, condition, query, label) => {
  expect(thresholdOf(metric(name, condition, query))?.label).toBe(label);
});

it('turns a failure condition around', () => {
  expect(
    thresholdOf(metric('error-rate', '', '', 'result[0] > 0.05')),
  ).toMatchObject({ operator: '<=', value: 0.05, label: '≤ 5 %' });
});

it('shows a condition that compares no single number as it is', () => {
  expect(thresholdOf(metric('all-up', 'all(result, # == 1)'))?.label).toBe(
    'all(result, # == 1)',
  );
});

it('does not guess the unit of a duration', () => {
  expect(unitOf(metric('latency', 'result[0] < 500'))).toBe('none');
});

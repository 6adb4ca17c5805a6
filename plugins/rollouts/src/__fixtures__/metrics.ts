import type {
  MeasurementView,
  MetricView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ago } from './rollout';

/** Measurements of a share of one, five seconds apart, the last one just now. */
export function measurements(
  now: number,
  values: (number | 'NaN')[],
  atLeast: number,
): MeasurementView[] {
  return values.map((value, i) => {
    const at = ago(now, (values.length - i) * 5);
    if (value === 'NaN') {
      return {
        phase: 'Inconclusive',
        value: '[NaN]',
        notANumber: 'NaN',
        startedAt: at,
        finishedAt: at,
        message: 'The query returned no data.',
      };
    }
    return {
      phase: value >= atLeast ? 'Successful' : 'Failed',
      value: `[${value}]`,
      number: value,
      startedAt: at,
      finishedAt: at,
    };
  });
}

export function successRate(
  now: number,
  values: (number | 'NaN')[],
  change: Partial<MetricView> = {},
): MetricView {
  const measured = measurements(now, values, 0.95);
  const count = (phase: MeasurementView['phase']) =>
    measured.filter(m => m.phase === phase).length;
  return {
    name: 'success rate',
    provider: 'Prometheus',
    phase: 'Running',
    dryRun: false,
    successCondition: 'result[0] >= 0.95',
    threshold: { label: '≥ 95 %', operator: '>=', value: 0.95 },
    unit: 'ratio',
    last: measured.at(-1),
    measurements: measured,
    counts: {
      measured: measured.length,
      successful: count('Successful'),
      failed: count('Failed'),
      inconclusive: count('Inconclusive'),
      error: 0,
      failureLimit: 2,
      inconclusiveLimit: 0,
      consecutiveErrorLimit: 4,
    },
    resolvedQuery:
      'sum(rate(istio_requests_total{destination_service_name="colors-canary",response_code!~"5.*"}[20s]))\n/ sum(rate(istio_requests_total{destination_service_name="colors-canary"}[20s]))',
    warnings: [],
    ...change,
  };
}

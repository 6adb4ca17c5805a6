import type {
  AnalysisRun,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { metricViews, numberIn } from './metricViews';

const runOf = (
  metric: Partial<Metric>,
  values: string[] = [],
): AnalysisRun => ({
  metadata: { name: 'run' },
  spec: {
    metrics: [
      { name: 'success-rate', provider: { prometheus: {} }, ...metric },
    ],
  },
  status: {
    metricResults: [
      {
        name: 'success-rate',
        phase: 'Running',
        measurements: values.map(value => ({ phase: 'Successful', value })),
      },
    ],
  },
});

describe('a metric as people see it', () => {
  it.each([
    ['[0.98]', { number: 0.98 }],
    ['-1e3', { number: -1000 }],
    ['[NaN]', { notANumber: 'NaN' }],
    ['[+Inf]', { notANumber: '+Inf' }],
    ['-Inf', { notANumber: '-Inf' }],
    ['[1,2]', {}],
    ['{"ok":true}', {}],
    ['', {}],
  ])('reads %s as %o', (text, expected) => {
    expect(numberIn(text)).toEqual(expected);
  });

  it.each([
    ['result[0] >= 0.95', '≥ 95 %'],
    ['len(result) == 0 || result[0] >= 0.95', '≥ 95 %'],
    ['isNaN(result) || result <= 3', '≤ 3'],
    ['result[0] > 1 && result[0] < 5', 'result[0] > 1 && result[0] < 5'],
  ])('says %s as %s', (successCondition, label) => {
    const [view] = metricViews(runOf({ successCondition }));
    expect(view?.threshold?.label).toBe(label);
  });

  it('turns round what must not be so, and warns that it fails open', () => {
    const [view] = metricViews(runOf({ failureCondition: 'result[0] < 0.95' }));
    expect(view?.threshold?.label).toBe('≥ 95 %');
    expect(view?.warnings).toEqual([expect.stringMatching(/^Fails open/)]);
  });

  it('keeps the newest of thousands of measurements', () => {
    const values = Array.from({ length: 5_000 }, (_, i) => String(i));
    const [view] = metricViews(runOf({}, values));
    expect(view?.measurements).toHaveLength(200);
    expect(view?.last?.number).toBe(4_999);
  });
});

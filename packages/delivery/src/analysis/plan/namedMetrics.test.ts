import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { planAnalysisRun } from '../planAnalysisRun';
import { withMetricNames } from './namedMetrics';

const runOf = (name: string, args: object[]) =>
  ({
    metadata: { name: 'run', namespace: 'shop', uid: 'u' },
    spec: { metrics: [{ name, provider: { web: { url: 'http://a' } } }], args },
  }) as unknown as AnalysisRun;

const secret = { secretKeyRef: { name: 's', key: 'k' } };

describe('withMetricNames', () => {
  it.each([
    ['errors', [], 'errors'],
    ['{{args.series}}', [{ name: 'series', value: 'up' }], 'up'],
    ['of-{{ args.a }}', [{ name: 'a', value: 'web' }], 'of-web'],
    ['{{args.a}}', [{ name: 'a', valueFrom: secret }], '{{args.a}}'],
  ])('%s with %j is %s', (name, args, expected) => {
    const { spec } = withMetricNames(runOf(name, args));
    expect(spec.metrics[0]!.name).toBe(expected);
  });

  it('names the results of a run', () => {
    const run = runOf('{{args.series}}', [{ name: 'series', value: 'up' }]);
    const measurement = {
      phase: 'Successful' as const,
      startedAt: '2026-01-01T00:00:00Z',
      finishedAt: '2026-01-01T00:00:00Z',
    };
    const { due } = planAnalysisRun(run, [], 0);
    expect(due[0]!.metric.name).toBe('up');
    const done = [{ metricName: 'up', measurement }];
    const { status, events } = planAnalysisRun(run, done, 0);
    expect(status).toMatchObject({
      phase: 'Successful',
      metricResults: [{ name: 'up', phase: 'Successful', successful: 1 }],
    });
    expect(events.map(({ message }) => message)).toContain(
      `Metric 'up' Completed. Result: Successful`,
    );
  });
});

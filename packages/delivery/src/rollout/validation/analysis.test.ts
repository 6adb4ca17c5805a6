import type {
  AnalysisTemplate,
  Metric,
  RolloutAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutSnapshot } from '../snapshot';
import { validateAnalysis } from './analysis';

const FIELD = 'spec.strategy.canary.steps[1].analysis';

/** The problem of a step with one template of one metric. */
function problemOf(
  metric: Partial<Metric>,
  template: Partial<AnalysisTemplate['spec']> = {},
  analysis: Partial<RolloutAnalysis> = {},
  mustEnd = true,
): string | undefined {
  const check: AnalysisTemplate = {
    metadata: { name: 'check', namespace: 'demo' },
    spec: {
      metrics: [{ name: 'rate', provider: { web: {} }, ...metric }],
      ...template,
    },
  };
  const snapshot = {
    rollout: {
      metadata: { name: 'colors', namespace: 'demo', labels: { env: 'dev' } },
      spec: { selector: { matchLabels: { app: 'colors' } } },
    },
    analysisTemplates: { check },
    clusterAnalysisTemplates: {},
    analysisRuns: [],
  } as unknown as RolloutSnapshot;
  const problems = validateAnalysis(
    snapshot,
    FIELD,
    { templates: [{ templateName: 'check' }], ...analysis },
    mustEnd,
  );
  expect(problems.every(({ field }) => field === `${FIELD}.templates`)).toBe(
    true,
  );
  return problems[0]?.detail;
}

describe('an analysis of a rollout', () => {
  it.each<[string, Partial<Metric>, string]>([
    [
      'a count without an interval',
      { count: 3 },
      'metrics[0]: interval must be specified when count > 1',
    ],
    [
      'a count below the limit of failures',
      { count: 2, interval: '1s', failureLimit: 3 },
      'metrics[0]: count (2) must be >= failureLimit + consecutiveSuccessLimit (3 + 0) if both >= 0',
    ],
    [
      'a count below the successes it asks for',
      {
        count: 2,
        interval: '1s',
        failureLimit: -1,
        consecutiveSuccessLimit: 3,
      },
      'metrics[0]: count must be >= consecutiveSuccessLimit',
    ],
    [
      'a count below the limit of inconclusive measurements',
      { count: 2, interval: '1s', inconclusiveLimit: 3 },
      'metrics[0]: count must be >= inconclusiveLimit',
    ],
    ['a negative count', { count: -1 }, 'metrics[0]: count must be >= 0'],
    [
      'a negative limit of errors',
      { consecutiveErrorLimit: -1 },
      'metrics[0]: consecutiveErrorLimit must be >= 0',
    ],
    [
      'a negative limit of inconclusive measurements',
      { inconclusiveLimit: -1 },
      'metrics[0]: inconclusiveLimit must be >= 0',
    ],
    [
      'a limit of failures below -1',
      { failureLimit: -2, consecutiveSuccessLimit: 1 },
      'metrics[0]: failureLimit must be >= 0, or -1 to be disabled',
    ],
    [
      'no limit at all',
      { failureLimit: -1 },
      'metrics[0]: failureLimit and consecutiveSuccessLimit cannot both be disabled',
    ],
    [
      'a duration that is none',
      { interval: '5 minutes' },
      'metrics[0]: invalid interval string: "5 minutes" is no duration (use e.g. 30s, 5m, 1h30m)',
    ],
    [
      'a limit that is no number',
      { failureLimit: 'many' },
      'metrics[0]: invalid failureLimit "many": not an integer',
    ],
    ['no provider', { provider: {} }, 'metrics[0]: no provider specified'],
    [
      'two plugins',
      { provider: { plugin: { 'a/b': {}, 'c/d': {} } } },
      'metrics[0]: multiple providers specified',
    ],
    [
      'a condition that cannot be read',
      { successCondition: 'result >=' },
      'metrics[0]: successCondition cannot be read: unexpected token end of expression (at 9)',
    ],
    [
      'no end',
      { interval: '10s' },
      'metric rate runs indefinitely, and what waits for it would never go on: set its count',
    ],
    [
      'a count of 0',
      { interval: '10s', count: 0 },
      'metric rate runs indefinitely, and what waits for it would never go on: set its count',
    ],
  ])('is refused with %s', (_, metric, problem) => {
    expect(problemOf(metric)).toBe(problem);
  });

  it('may go on for ever in the background', () => {
    expect(problemOf({ interval: '10s' }, {}, {}, false)).toBeUndefined();
  });

  it('is refused when an argument has no value', () => {
    expect(problemOf({}, { args: [{ name: 'service' }] })).toBe(
      'args.service was not resolved',
    );
  });

  it('takes arguments for rules and conditions', () => {
    expect(
      problemOf(
        {
          count: '{{args.count}}',
          interval: '{{ args.interval }}',
          successCondition: 'result > {{args.least}}',
        },
        {
          args: [
            { name: 'count', value: '3' },
            { name: 'interval', value: '1s' },
            { name: 'least' },
          ],
        },
        { args: [{ name: 'least', value: '0.95' }] },
      ),
    ).toBeUndefined();
  });

  it('waits for a field that the rollout will only have later', () => {
    const fieldPath = 'status.alb.canaryTargetGroup.name';
    expect(
      problemOf(
        { interval: '10s', count: '{{args.count}}' },
        { args: [{ name: 'count' }] },
        { args: [{ name: 'count', valueFrom: { fieldRef: { fieldPath } } }] },
      ),
    ).toBeUndefined();
  });

  it('is refused when a secret is to say how often to measure', () => {
    const secretKeyRef = { name: 's', key: 'k' };
    expect(
      problemOf(
        { count: '{{args.count}}' },
        { args: [{ name: 'count', valueFrom: { secretKeyRef } }] },
      ),
    ).toContain('argument "count" comes from a secret');
  });

  it('is refused when a rule is there twice', () => {
    const dryRun = [{ metricName: 'rate' }];
    expect(problemOf({}, { dryRun }, { dryRun })).toBe(
      "two Dry-Run metric rules have the same name 'rate'",
    );
  });
});

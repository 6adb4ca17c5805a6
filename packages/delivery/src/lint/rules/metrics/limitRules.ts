import { UnresolvedArgumentError } from '../../../analysis/args/substitute';
import {
  isDryRun,
  MetricRuleError,
  readMetricRules,
} from '../../../analysis/plan/metricRules';
import type { MetricScene } from '../../scene/templateScene';
import { perMetric } from '../perRollout';
import { SOURCES } from '../sources';

/** How a metric measures; `undefined` where an argument or a mistake hides it. */
export function rulesOf({
  metric,
  spec,
}: Pick<MetricScene, 'metric' | 'spec'>) {
  try {
    return readMetricRules(metric, spec);
  } catch (error) {
    if (error instanceof UnresolvedArgumentError) return undefined;
    // The validation says so.
    if (error instanceof MetricRuleError) return undefined;
    throw error;
  }
}

export const failureLimitReachesCount = perMetric(
  {
    id: 'failure-limit-reaches-count',
    severity: 'warning',
    title: 'A metric can fail',
    explanation:
      'A metric fails when more measurements than failureLimit fail. With a limit as great as the count, all of them may fail and the analysis still succeeds.',
    fix: 'Set failureLimit below count.',
    source: SOURCES.analysis,
  },
  function* check(scene) {
    const rules = rulesOf(scene);
    if (!rules?.count || rules.failureLimit < rules.count) return;
    yield {
      path: ['failureLimit'],
      message: `All ${rules.count} measurements of ${scene.metric.name} may fail: failureLimit is ${rules.failureLimit}.`,
    };
  },
);

export const failuresIgnored = perMetric(
  {
    id: 'failures-ignored',
    severity: 'warning',
    title: 'Failures matter',
    explanation:
      'failureLimit -1 means that failures are not counted: the metric only waits for its successes in a row, and a metric in the background never stops anything.',
    fix: 'Set failureLimit to the number of failures that may happen by chance.',
    source: SOURCES.analysis,
  },
  function* check(scene) {
    const rules = rulesOf(scene);
    if (!rules || rules.failureLimit >= 0) return;
    yield {
      path: ['failureLimit'],
      message: `Failures of ${scene.metric.name} do not count.`,
    };
  },
);

export const inconclusiveNeverStops = perMetric(
  {
    id: 'inconclusive-limit-reaches-count',
    severity: 'warning',
    title: 'Inconclusive measurements lead to a decision',
    explanation:
      'With an inconclusiveLimit as great as the count, a metric that never says yes or no ends as a success.',
    fix: 'Set inconclusiveLimit below count.',
    source: SOURCES.analysis,
  },
  function* check(scene) {
    const rules = rulesOf(scene);
    if (!rules?.count || rules.inconclusiveLimit < rules.count) return;
    yield {
      path: ['inconclusiveLimit'],
      message: `All ${rules.count} measurements of ${scene.metric.name} may be inconclusive.`,
    };
  },
);

export const errorsIgnored = perMetric(
  {
    id: 'error-limit-high',
    severity: 'info',
    title: 'A provider that does not answer is noticed soon',
    explanation:
      'Measurements that end in an error say nothing about the version. With a high consecutiveErrorLimit the canary stays where it is, unobserved, for as long as the provider is away.',
    fix: 'Keep consecutiveErrorLimit at its default of 4, or near it.',
    source: SOURCES.analysis,
  },
  function* check(scene) {
    const rules = rulesOf(scene);
    if (!rules || rules.consecutiveErrorLimit <= 20) return;
    yield {
      path: ['consecutiveErrorLimit'],
      message: `${scene.metric.name} goes on through ${rules.consecutiveErrorLimit} errors in a row.`,
    };
  },
);

export const intervalShort = perMetric(
  {
    id: 'interval-short',
    severity: 'info',
    title: 'Measurements differ from each other',
    explanation:
      'Prometheus scrapes every 15 to 60 seconds. What is measured more often sees the same numbers again, so that one bad moment counts several times.',
    fix: 'Measure as often as the provider has new numbers, 30s or more.',
    source: SOURCES.prometheus,
  },
  function* check(scene) {
    const rules = rulesOf(scene);
    if (!('prometheus' in (scene.metric.provider ?? {}))) return;
    if (rules?.interval === undefined || rules.interval >= 5_000) return;
    yield {
      path: ['interval'],
      message: `${scene.metric.name} asks Prometheus every ${scene.metric.interval}.`,
    };
  },
);

export const onlyDryRun = perMetric(
  {
    id: 'only-dry-run',
    severity: 'warning',
    title: 'At least one metric counts',
    explanation:
      'Metrics that a dryRun rule means are measured and ignored. When it means all of a template, nothing of it can stop a bad version.',
    fix: 'Take the metric that decides out of dryRun.',
    source: SOURCES.analysis,
  },
  function* check({ spec, path }) {
    if (path.at(-1) !== 0 || !spec.metrics.length) return;
    if (!spec.metrics.every(({ name }) => isDryRun(spec, name))) return;
    yield {
      path: ['name'],
      message: 'Every metric of this template is a dry run.',
    };
  },
);

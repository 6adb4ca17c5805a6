import { judgeValue } from '../../../analysis/judgeValue';
import { ArgumentResolver } from '../../../analysis/args/resolver';
import {
  argumentValues,
  UnresolvedArgumentError,
} from '../../../analysis/args/substitute';
import type { MetricScene } from '../../scene/templateScene';
import { perMetric } from '../perRollout';
import { SOURCES } from '../sources';
import { judgesItself } from './metricText';

/** What the controller would make of a value; `undefined`: it cannot be told. */
function verdict({ metric, spec }: MetricScene, value: unknown) {
  const args = new ArgumentResolver(
    new Map([
      // What nobody has given yet is some number.
      ...(spec.args ?? []).map(({ name }) => [name, '0.5'] as const),
      ...argumentValues(spec.args),
    ]),
  );
  try {
    return judgeValue(metric, value, args, 0).phase;
  } catch (error) {
    if (error instanceof UnresolvedArgumentError) return undefined;
    throw error;
  }
}

export const failureConditionAlone = perMetric(
  {
    id: 'failure-condition-alone',
    severity: 'warning',
    title: 'A metric says what success is',
    explanation:
      'With a failureCondition alone everything that does not meet it is a success: NaN, for which every comparison is false, and an answer that nobody thought of. The analysis passes without a number.',
    fix: 'Add a successCondition; what meets neither is then Inconclusive and waits for a person.',
    source: SOURCES.analysis,
  },
  function* check({ metric }) {
    if (!metric.failureCondition || metric.successCondition) return;
    yield {
      path: ['failureCondition'],
      message: `Metric ${metric.name} passes on all that does not fail it, NaN included.`,
    };
  },
);

export const nanPasses = perMetric(
  {
    id: 'nan-passes',
    severity: 'warning',
    title: 'NaN is no success',
    explanation:
      'A query that divides by zero requests answers NaN. This successCondition takes it for a success, so that a version that nobody uses, or that answers nothing, is promoted.',
    fix: 'Turn the comparison round, so that NaN does not meet it, or add "&& !isNaN(result[0])".',
    source: SOURCES.analysis,
  },
  function* check(scene) {
    const { metric } = scene;
    if (!metric.successCondition) return;
    const values = [Number.NaN, [Number.NaN]];
    if (!values.some(each => verdict(scene, each) === 'Successful')) return;
    yield {
      path: ['successCondition'],
      message: `Metric ${metric.name} takes NaN for a success.`,
    };
  },
);

export const noDataPasses = perMetric(
  {
    id: 'no-data-passes',
    severity: 'warning',
    title: 'No data is no success',
    explanation:
      'A query that finds no series answers an empty list. This metric takes it for a success: a typo in the query, or a version without traffic, is promoted.',
    fix: 'Ask for "len(result) > 0 &&" first; where no traffic is normal, guard it by a minimum of requests in a metric of its own.',
    source: SOURCES.prometheus,
  },
  function* check(scene) {
    const { metric } = scene;
    if (!metric.successCondition) return;
    if (verdict(scene, []) !== 'Successful') return;
    yield {
      path: ['successCondition'],
      message: `Metric ${metric.name} takes an empty result for a success.`,
    };
  },
);

export const noCondition = perMetric(
  {
    id: 'no-condition',
    severity: 'warning',
    title: 'A metric judges what it measures',
    explanation:
      'Without conditions every value that can be had is a success: the analysis only finds out whether the provider answers.',
    fix: 'Write a successCondition.',
    source: SOURCES.analysis,
  },
  function* check({ metric }) {
    if (metric.successCondition || metric.failureCondition) return;
    if (judgesItself(metric)) return;
    yield {
      path: ['name'],
      message: `Metric ${metric.name} has no condition: any value passes.`,
    };
  },
);

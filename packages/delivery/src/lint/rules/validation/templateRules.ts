import type { AnalysisSpec } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { templateProblem } from '../../../analysis/build/templateProblem';
import type { Experiment } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { validateExperiment } from '../../../experiment/validation/validateExperiment';
import { parseFieldPath } from '../../read/fieldPath';
import type { LintRule } from '../../rule';
import { SOURCES } from '../sources';

/** Arguments whose value only the rollout that uses the template gives. */
function openArguments(spec: AnalysisSpec): string[] {
  return (spec.args ?? [])
    .filter(({ value, valueFrom }) => value === undefined && !valueFrom)
    .map(({ name }) => name);
}

export const invalidTemplate: LintRule = {
  id: 'invalid-analysis-template',
  severity: 'error',
  title: 'A template’s metrics can be measured as they are meant',
  explanation:
    'Counts, intervals and limits that contradict each other, a count above 1 without an interval, a condition that cannot be read, no provider or two: the controller refuses every rollout that names the template.',
  fix: 'Follow the message.',
  source: SOURCES.analysis,
  *check({ templates }) {
    for (const { object, template } of templates) {
      const { metrics = [], ...spec } = template.spec ?? {};
      // A template may consist of other templates.
      if (!metrics.length && spec.templates?.length) continue;
      const whole: AnalysisSpec = { ...spec, metrics };
      const problem = templateProblem(whole, openArguments(whole));
      if (!problem) continue;
      const [, index, rest] = /^metrics\[(\d+)\]: ([^]*)$/.exec(problem) ?? [];
      yield {
        object,
        path: index ? ['spec', 'metrics', Number(index)] : ['spec'],
        message: rest ?? problem,
      };
    }
  },
};

export const invalidExperimentObject: LintRule = {
  id: 'invalid-experiment-object',
  severity: 'error',
  title: 'An Experiment is one that a controller carries out',
  explanation: 'The controller refuses it and starts none of its pods.',
  fix: 'Follow the message.',
  source: SOURCES.experiment,
  *check({ objects, shapes }) {
    for (const object of objects) {
      if (`${object.group}/${object.kind}` !== 'argoproj.io/Experiment')
        continue;
      if (shapes.get(object)?.some(each => each.kind !== 'unknown')) continue;
      for (const { field, detail } of validateExperiment(
        object.value as Experiment,
      )) {
        yield { object, path: parseFieldPath(field), message: detail };
      }
    }
  },
};

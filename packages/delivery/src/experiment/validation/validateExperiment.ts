import type {
  Experiment,
  ExperimentAnalysis,
  ExperimentTemplate,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseGoDuration } from '../../analysis/goDuration';
import type { Problem } from '../../rollout/validation/problem';
import { DEFAULT_DEADLINE_SECONDS } from '../templates/reconcileTemplate';
import { countProblem, nameProblems } from './rules';

function validateTemplate(
  template: ExperimentTemplate,
  i: number,
  { spec }: Experiment,
): Problem[] {
  const field = `spec.templates[${i}]`;
  const problems: Problem[] = [
    ...countProblem(`${field}.replicas`, template.replicas),
    ...countProblem(`${field}.minReadySeconds`, template.minReadySeconds),
  ];
  const { selector } = template;
  if (!selector) {
    problems.push({
      field: `${field}.selector`,
      kind: 'Required value',
      detail: `Experiment has missing field .Spec.Templates[${i}].Selector`,
    });
  } else if (
    !Object.keys(selector.matchLabels ?? {}).length &&
    !selector.matchExpressions?.length
  ) {
    problems.push({
      field: `${field}.selector`,
      kind: 'Invalid value',
      value: selector,
      detail: `This experiment is selecting all pods at index ${i}. A non-empty selector is required.`,
    });
  }
  if (!template.template?.spec?.containers?.length) {
    problems.push({
      field: `${field}.template.spec.containers`,
      kind: 'Required value',
      detail: 'name at least one container',
    });
  }
  const deadline = spec.progressDeadlineSeconds ?? DEFAULT_DEADLINE_SECONDS;
  if ((template.minReadySeconds ?? 0) > deadline) {
    problems.push({
      field: `${field}.minReadySeconds`,
      kind: 'Invalid value',
      value: template.minReadySeconds,
      detail: `MinReadySeconds cannot be longer than ProgressDeadlineSeconds. Check template index ${i}`,
    });
  }
  return problems;
}

function validateAnalysis(analysis: ExperimentAnalysis, i: number): Problem[] {
  return analysis.templateName
    ? []
    : [
        {
          field: `spec.analyses[${i}].templateName`,
          kind: 'Required value',
          detail: 'name an AnalysisTemplate',
        },
      ];
}

/**
 * Everything that keeps an experiment from being carried out as written. Never
 * throws, whatever somebody has put into the object.
 */
export function validateExperiment(experiment: Experiment): Problem[] {
  try {
    const { spec } = experiment;
    const { templates, analyses = [] } = spec;
    if (!templates?.length) {
      return [
        {
          field: 'spec.templates',
          kind: 'Required value',
          detail: 'name at least one template',
        },
      ];
    }
    return [
      ...(spec.duration && parseGoDuration(spec.duration) === undefined
        ? [
            {
              field: 'spec.duration',
              kind: 'Invalid value' as const,
              value: spec.duration,
              detail: 'is no duration (use e.g. 30s, 5m, 1h)',
            },
          ]
        : []),
      ...countProblem(
        'spec.progressDeadlineSeconds',
        spec.progressDeadlineSeconds,
      ),
      ...countProblem('spec.scaleDownDelaySeconds', spec.scaleDownDelaySeconds),
      ...nameProblems('spec.templates', templates, 'template'),
      ...nameProblems('spec.analyses', analyses, 'analysis'),
      ...templates.flatMap((each, i) => validateTemplate(each, i, experiment)),
      ...analyses.flatMap(validateAnalysis),
    ];
  } catch (error) {
    return [
      {
        field: 'spec',
        kind: 'Invalid value',
        detail: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      },
    ];
  }
}

import type {
  RolloutExperimentStep,
  RolloutExperimentTemplate,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseGoDuration } from '../../analysis/goDuration';
import { countProblem, nameProblems } from '../../experiment/validation/rules';
import type { Problem } from '../validation/problem';

function validateTemplate(
  { specRef, replicas }: RolloutExperimentTemplate,
  field: string,
): Problem[] {
  return [
    ...countProblem(`${field}.replicas`, replicas),
    ...(specRef === 'stable' || specRef === 'canary'
      ? []
      : [
          {
            field: `${field}.specRef`,
            kind: 'Invalid value' as const,
            value: specRef,
            detail: 'must be canary or stable',
          },
        ]),
  ];
}

/** What the experiment of a step says, apart from the objects that it names. */
export function validateExperimentStep(
  step: RolloutExperimentStep,
  field: string,
): Problem[] {
  const { templates, analyses = [], duration } = step;
  if (!templates?.length) {
    return [
      {
        field: `${field}.templates`,
        kind: 'Required value',
        detail: 'name at least one template',
      },
    ];
  }
  return [
    ...(duration && parseGoDuration(duration) === undefined
      ? [
          {
            field: `${field}.duration`,
            kind: 'Invalid value' as const,
            value: duration,
            detail: 'is no duration (use e.g. 30s, 5m, 1h)',
          },
        ]
      : []),
    ...countProblem(
      `${field}.scaleDownDelaySeconds`,
      step.scaleDownDelaySeconds,
    ),
    ...nameProblems(`${field}.templates`, templates, 'template'),
    ...nameProblems(`${field}.analyses`, analyses, 'analysis'),
    ...templates.flatMap((each, i) =>
      validateTemplate(each, `${field}.templates[${i}]`),
    ),
  ];
}

import {
  weightAtStep,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { routersOf } from '../../traffic/registry';
import type { TrafficRouter } from '../../traffic/router';
import type { Problem } from './problem';

/**
 * Whether the traffic that experiments ask for can be given to them: a router
 * has to be there and able to, and the canary has to leave them enough.
 */
export function validateExperimentWeights(
  rollout: Rollout,
  routers: readonly TrafficRouter[],
): Problem[] {
  const canaryStrategy = rollout.spec.strategy?.canary;
  const steps = canaryStrategy?.steps ?? [];
  const trafficRouting = canaryStrategy?.trafficRouting;
  const able = routersOf(rollout, routers).every(
    each => each.abilities.additionalDestinations,
  );
  const titles = routers
    .filter(each => each.abilities.additionalDestinations)
    .map(each => each.title);
  const max = trafficRouting?.maxTrafficWeight ?? 100;
  return steps.flatMap((step, i): Problem[] => {
    const field = `spec.strategy.canary.steps[${i}].experiment.templates`;
    const templates = step.experiment?.templates ?? [];
    const problems = templates.flatMap(({ weight }, j): Problem[] => {
      if (weight === undefined) return [];
      const invalid = (detail: string): Problem[] => [
        {
          field: `${field}[${j}].weight`,
          kind: 'Invalid value',
          value: weight,
          detail,
        },
      ];
      if (!trafficRouting) {
        return invalid(
          'Experiment template weight cannot be set unless TrafficRouting is enabled',
        );
      }
      if (!able) {
        return invalid(
          `Experiment template weight is only available for TrafficRouting with ${titles.join(', ')}`,
        );
      }
      return Number.isInteger(weight) && weight >= 0 && weight <= max
        ? []
        : invalid(`must be an integer between 0 and ${max}`);
    });
    const sum = templates.reduce((all, { weight = 0 }) => all + weight, 0);
    const canary = weightAtStep(steps, i, max);
    return sum > 0 && !problems.length && sum + canary > max
      ? [
          {
            field,
            kind: 'Invalid value',
            value: sum,
            detail: `the weights of the templates (${sum}) and of the canary at this step (${canary}) add up to more than ${max}`,
          },
        ]
      : problems;
  });
}

import type {
  CanaryStep,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { TrafficRouter } from '../../traffic/router';
import { resolveIntOrPercent } from '../scaling/intOrPercent';
import { STEP_KINDS, stepKindOf } from '../steps/registry';
import { validateBlueGreen } from './blueGreen';
import { validateExperimentWeights } from './experimentWeights';
import { validatePingPong } from './pingPong';
import type { Problem } from './problem';
import { validateRoles } from './roles';
import { validateRouting } from './routing';
import { validateStableScale } from './stableScale';

const CANARY = 'spec.strategy.canary';

function unsupported(field: string, detail: string): Problem {
  return { field, kind: 'Unsupported', detail };
}

function validateStep(
  step: CanaryStep,
  i: number,
  rollout: Rollout,
): Problem[] {
  const path = `${CANARY}.steps[${i}]`;
  const asked = Object.keys(step).filter(
    key => step[key as keyof CanaryStep] !== undefined,
  );
  if (asked.length !== 1) {
    return [
      {
        field: path,
        kind: 'Invalid value',
        value: step,
        detail:
          'Step must have one of the following set: experiment, setWeight, setCanaryScale, plugin or pause',
      },
    ];
  }
  const kind = stepKindOf(step);
  return kind
    ? kind.validate(step, path, rollout)
    : [
        unsupported(
          `${path}.${asked[0]}`,
          `this controller has the steps ${STEP_KINDS.map(each => each.field).join(', ')}; remove this one, or let Argo Rollouts act on this cluster`,
        ),
      ];
}

function validateLimits(rollout: Rollout): Problem[] {
  const { maxSurge, maxUnavailable } = rollout.spec.strategy?.canary ?? {};
  const replicas = rollout.spec.replicas ?? 1;
  const problems = Object.entries({ maxSurge, maxUnavailable }).flatMap(
    ([name, value]): Problem[] =>
      value === undefined ||
      resolveIntOrPercent(value, replicas, 'up') !== undefined
        ? []
        : [
            {
              field: `${CANARY}.${name}`,
              kind: 'Invalid value',
              value,
              detail:
                'must be an integer or a percentage (e.g. "25%"), not negative',
            },
          ],
  );
  const isZero = (value: unknown) => /^0+%?$/.test(String(value));
  if (!problems.length && isZero(maxSurge) && isZero(maxUnavailable)) {
    problems.push({
      field: `${CANARY}.maxSurge`,
      kind: 'Invalid value',
      value: maxSurge,
      detail: 'MaxSurge and MaxUnavailable both can not be zero',
    });
  }
  return problems;
}

/** What the strategy stanza says, apart from the objects that it names. */
export function validateStrategy(
  rollout: Rollout,
  routers: readonly TrafficRouter[],
): Problem[] {
  const { strategy } = rollout.spec;
  const { canary, blueGreen } = strategy ?? {};
  if (canary && blueGreen) {
    return [
      {
        field: 'spec.strategy',
        kind: 'Invalid value',
        detail: 'Multiple Strategies can not be listed',
      },
    ];
  }
  if (blueGreen) return validateBlueGreen(rollout);
  if (!canary) {
    return [
      {
        field: 'spec.strategy',
        kind: 'Required value',
        detail:
          'Rollout has missing field .spec.strategy.canary or .spec.strategy.blueGreen',
      },
    ];
  }
  const problems = [
    ...validateRouting(rollout, routers),
    ...validateExperimentWeights(rollout, routers),
    ...validatePingPong(rollout),
    ...validateRoles(rollout),
    ...validateStableScale(rollout),
    ...validateLimits(rollout),
    ...(canary.steps ?? []).flatMap((step, i) =>
      validateStep(step, i, rollout),
    ),
  ];
  if (canary.canaryService && canary.canaryService === canary.stableService) {
    problems.push({
      field: `${CANARY}.stableService`,
      kind: 'Invalid value',
      value: canary.stableService,
      detail:
        'This rollout uses the same service for the stable and canary services, but two different services are required.',
    });
  }
  if (canary.analysis && !canary.analysis.templates?.length) {
    problems.push({
      field: `${CANARY}.analysis.templates`,
      kind: 'Required value',
      detail: 'name at least one analysis template',
    });
  }
  return problems;
}

import type { StepKind } from './stepKind';

/** Waits until pods and traffic have the weight. */
export const setWeightStep: StepKind = {
  field: 'setWeight',
  label: step => `setWeight: ${step.setWeight}`,
  validate(step, path, rollout) {
    const max =
      rollout.spec.strategy?.canary?.trafficRouting?.maxTrafficWeight ?? 100;
    const weight = step.setWeight;
    return typeof weight === 'number' && weight >= 0 && weight <= max
      ? []
      : [
          {
            field: `${path}.setWeight`,
            kind: 'Invalid value',
            value: weight,
            detail: `SetWeight needs to be between 0 and ${max}`,
          },
        ];
  },
  run: ({ step, reached }) => ({
    done: reached,
    why: reached
      ? `weight ${step.setWeight} is reached`
      : `waiting for weight ${step.setWeight} to be reached`,
  }),
};

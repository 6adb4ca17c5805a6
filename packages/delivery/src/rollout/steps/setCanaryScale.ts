import type { StepKind } from './stepKind';

/** Waits until the canary has the pods asked for; the weight stays. */
export const setCanaryScaleStep: StepKind = {
  field: 'setCanaryScale',
  label: ({ setCanaryScale }) =>
    `setCanaryScale: ${JSON.stringify(setCanaryScale)}`,
  validate({ setCanaryScale }, path, rollout) {
    const field = `${path}.setCanaryScale`;
    if (!rollout.spec.strategy?.canary?.trafficRouting) {
      return [
        {
          field: 'spec.strategy.canary.trafficRouting',
          kind: 'Required value',
          detail: 'SetCanaryScale requires TrafficRouting to be set',
        },
      ];
    }
    const { replicas, weight, matchTrafficWeight } = setCanaryScale ?? {};
    const wrong = (name: string, value: unknown, detail: string) => [
      {
        field: `${field}.${name}`,
        kind: 'Invalid value' as const,
        value,
        detail,
      },
    ];
    if (replicas !== undefined && replicas < 0) {
      return wrong('replicas', replicas, 'must be greater than or equal to 0');
    }
    if (weight !== undefined && (weight < 0 || weight > 100)) {
      return wrong('weight', weight, 'must be between 0 and 100');
    }
    return replicas === undefined &&
      weight === undefined &&
      matchTrafficWeight === undefined
      ? [
          {
            field,
            kind: 'Invalid value',
            value: setCanaryScale,
            detail:
              'SetCanaryScale must have one of the following set: weight, replicas, or matchTrafficWeight',
          },
        ]
      : [];
  },
  run: ({ reached }) => ({
    done: reached,
    why: reached
      ? 'the canary has the pods asked for'
      : 'waiting for the pods asked for',
  }),
};

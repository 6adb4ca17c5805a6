import type {
  CanaryStep,
  Rollout,
  RolloutExperimentStep,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AnalysisFate } from '../analysisLife';
import { search } from './demo';
import { Scenario } from './scenario';

/** Both revisions beside each other, compared. */
export const COMPARE: RolloutExperimentStep = {
  duration: '20s',
  scaleDownDelaySeconds: 5,
  templates: [
    { name: 'baseline', specRef: 'stable' },
    { name: 'candidate', specRef: 'canary', replicas: 2 },
  ],
  analyses: [
    {
      name: 'compare',
      templateName: 'success-rate',
      requiredForCompletion: true,
    },
  ],
};

export function withSteps(rollout: Rollout, steps: CanaryStep[]): Rollout {
  const canary = {
    ...rollout.spec.strategy?.canary,
    steps,
    analysis: undefined,
  };
  return { ...rollout, spec: { ...rollout.spec, strategy: { canary } } };
}

/** By replica count: a fifth, an experiment, then a person. */
export function experimenting(
  phase: AnalysisFate['phase'] | undefined,
  change: Partial<RolloutExperimentStep> = {},
): Scenario {
  return new Scenario({
    rollout: withSteps(search(), [
      { setWeight: 20 },
      { experiment: { ...COMPARE, ...change } },
      { pause: {} },
    ]),
    analysisFate: () =>
      phase && { afterMilliseconds: 8_000, phase, message: `it ${phase}` },
  })
    .wait(30)
    .deploy('green');
}

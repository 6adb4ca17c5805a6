import type {
  CanaryStep,
  Rollout,
  RolloutExperimentStep,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { SimulatedCluster } from '../../simulate/simulatedCluster';
import {
  colors,
  search,
  service,
  START,
  template,
  virtualService,
} from '../../simulate/testing/demo';
import { planRollout } from '../planRollout';

const STABLE = { name: 'baseline', specRef: 'stable' as const };

function problemOf(
  rollout: Rollout,
  experiment: Partial<RolloutExperimentStep>,
  before: CanaryStep[] = [],
): string | undefined {
  const step: CanaryStep = {
    experiment: { templates: [STABLE], ...experiment },
  };
  const canary = {
    ...rollout.spec.strategy?.canary,
    steps: [...before, step],
  };
  const { name } = rollout.metadata;
  const cluster = new SimulatedCluster({
    rollout: { ...rollout, spec: { ...rollout.spec, strategy: { canary } } },
    services: [
      service(`${name}-stable`, name),
      service(`${name}-canary`, name),
    ],
    routes: [virtualService(name)],
    analysisTemplates: [template()],
    podLife: () => 0,
  });
  const { status } = planRollout(cluster.snapshot(START), START);
  return status.conditions
    ?.find(each => each.type === 'InvalidSpec')
    ?.message?.replace(/^The Rollout "\w+" is invalid: /, '');
}

describe('an experiment step', () => {
  it.each<[string, Partial<RolloutExperimentStep>]>([
    ['with one version', {}],
    ['with a duration', { duration: '1h30m' }],
    [
      'with an analysis that goes on for ever beside it',
      { analyses: [{ name: 'a', templateName: 'success-rate' }] },
    ],
  ])('is fine %s', (_what, experiment) => {
    expect(problemOf(search(), experiment)).toBeUndefined();
  });

  const at = 'spec.strategy.canary.steps[0].experiment';

  it.each<[string, Partial<RolloutExperimentStep>, string]>([
    [
      'no templates',
      { templates: [] },
      `${at}.templates: Required value: name at least one template`,
    ],
    [
      'two templates of one name',
      { templates: [STABLE, STABLE] },
      `${at}.templates[1].name: Invalid value: "baseline": repeated template name 'baseline'`,
    ],
    [
      'neither stable nor canary',
      { templates: [{ name: 'x', specRef: 'other' as 'stable' }] },
      `${at}.templates[0].specRef: Invalid value: "other": must be canary or stable`,
    ],
    [
      'a number of replicas that is none',
      { templates: [{ ...STABLE, replicas: -1 }] },
      `${at}.templates[0].replicas: Invalid value: -1: must be greater than or equal to 0`,
    ],
    [
      'a duration that is none',
      { duration: 'soon' },
      `${at}.duration: Invalid value: "soon": is no duration (use e.g. 30s, 5m, 1h)`,
    ],
    [
      'a weight without a router',
      { templates: [{ ...STABLE, weight: 5 }] },
      `${at}.templates[0].weight: Invalid value: 5: Experiment template weight cannot be set unless TrafficRouting is enabled`,
    ],
    [
      'an analysis template that does not exist',
      { analyses: [{ name: 'a', templateName: 'nope' }] },
      `${at}.analyses[0].templateName: Invalid value: "nope": AnalysisTemplate 'nope' not found`,
    ],
    [
      'an analysis without a name',
      { analyses: [{ name: '', templateName: 'success-rate' }] },
      `${at}.analyses[0].name: Required value: empty analysis name at index 0`,
    ],
  ])('is refused with %s', (_what, experiment, problem) => {
    expect(problemOf(search(), experiment)).toBe(problem);
  });

  it('takes from the traffic what the canary leaves', () => {
    const weight = (share: number) => ({
      templates: [{ ...STABLE, weight: share }],
    });

    expect(
      problemOf(colors(), weight(40), [{ setWeight: 60 }]),
    ).toBeUndefined();
    expect(problemOf(colors(), weight(41), [{ setWeight: 60 }])).toBe(
      'spec.strategy.canary.steps[1].experiment.templates: Invalid value: 41: the weights of the templates (41) and of the canary at this step (60) add up to more than 100',
    );
  });
});

import type {
  Experiment,
  ExperimentSpec,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { START } from '../simulate/testing/demo';
import { planExperiment } from './planExperiment';
import { ExperimentScenario } from './testing/experimentScenario';
import { experiment, version } from './testing/experiments';
import { fresh } from './testing/experimentSnapshots';

const CHECK = { name: 'check', templateName: 'check' };

describe('a crash', () => {
  const spec: Partial<ExperimentSpec> = {
    duration: '10s',
    scaleDownDelaySeconds: 5,
    templates: [version('purple', { service: {} }), version('orange')],
    analyses: [CHECK],
  };
  const end = (scenario: ExperimentScenario) => ({
    phase: scenario.status.phase,
    replicas: scenario.replicas,
    services: [...scenario.objects.services.keys()],
    runs: [...scenario.objects.analysisRuns.keys()],
  });

  it('before any of the writes, or the status, comes to the same end', () => {
    const undisturbed = new ExperimentScenario(experiment(spec)).wait(60);
    const writes = undisturbed.turns.reduce(
      (sum, { plan }) => sum + plan.writes.length + 1,
      0,
    );
    expect(writes).toBeGreaterThan(10);

    for (let allowed = 0; allowed < writes; allowed++) {
      const scenario = new ExperimentScenario(experiment(spec));
      let left = allowed;
      const { objects } = scenario;
      const apply = objects.apply.bind(objects);
      const record = objects.setExperimentStatus.bind(objects);
      objects.apply = (write, now) => {
        if (left-- !== 0) apply(write, now);
      };
      objects.setExperimentStatus = (name, status) => {
        if (left-- !== 0) record(name, status);
      };

      scenario.wait(60);

      expect({ allowed, ...end(scenario) }).toEqual({
        allowed,
        ...end(undisturbed),
      });
    }
  });
});

describe('a manifest that cannot be carried out', () => {
  const changed = (change: (experiment: Experiment) => void) => {
    const each = experiment({ duration: '1m', analyses: [CHECK] });
    change(each);
    return each;
  };

  it.each<[string, (experiment: Experiment) => void, string]>([
    [
      'no templates',
      ({ spec }) => spec.templates.splice(0),
      'spec.templates: Required value: name at least one template',
    ],
    [
      'a repeated name',
      ({ spec }) => spec.templates.push(version('purple')),
      `spec.templates[2].name: Invalid value: "purple": repeated template name 'purple'`,
    ],
    [
      'an empty name',
      ({ spec }) => spec.templates.push(version('')),
      'spec.templates[2].name: Required value: empty template name at index 2',
    ],
    [
      'a selector for everything',
      ({ spec }) =>
        Object.assign(spec.templates[0] ?? {}, {
          selector: {},
        }),
      'spec.templates[0].selector: Invalid value: {}: This experiment is selecting all pods at index 0. A non-empty selector is required.',
    ],
    [
      'no selector',
      ({ spec }) =>
        Object.assign(spec.templates[1] ?? {}, { selector: undefined }),
      'spec.templates[1].selector: Required value: Experiment has missing field .Spec.Templates[1].Selector',
    ],
    [
      'a readiness that takes longer than the deadline',
      ({ spec }) => {
        spec.progressDeadlineSeconds = 10;
        Object.assign(spec.templates[0] ?? {}, { minReadySeconds: 11 });
      },
      'spec.templates[0].minReadySeconds: Invalid value: 11: MinReadySeconds cannot be longer than ProgressDeadlineSeconds. Check template index 0',
    ],
    [
      'a duration that is none',
      ({ spec }) => Object.assign(spec, { duration: 'soon' }),
      'spec.duration: Invalid value: "soon": is no duration (use e.g. 30s, 5m, 1h)',
    ],
    [
      'a negative delay',
      ({ spec }) => Object.assign(spec, { scaleDownDelaySeconds: -1 }),
      'spec.scaleDownDelaySeconds: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'an analysis without a template',
      ({ spec }) =>
        Object.assign(spec.analyses?.[0] ?? {}, CHECK, { templateName: '' }),
      'spec.analyses[0].templateName: Required value: name an AnalysisTemplate',
    ],
    [
      'nonsense',
      each => Object.assign(each, { spec: null }),
      'spec: Invalid value: cannot be read',
    ],
  ])('%s', (_what, change, message) => {
    const snapshot = { ...fresh(), experiment: changed(change) };

    const plan = planExperiment(snapshot, START);

    expect(plan.writes).toEqual([]);
    expect(plan.status.conditions).toEqual([
      expect.objectContaining({
        type: 'InvalidSpec',
        status: 'True',
        message: expect.stringContaining(
          `The Experiment "compare" is invalid: ${message}`,
        ),
      }),
    ]);
    expect(plan.events.map(event => event.reason)).toEqual(['InvalidSpec']);
  });

  it('goes on once it is corrected', () => {
    const scenario = new ExperimentScenario(
      experiment({ duration: 'soon' }),
    ).wait(5);
    expect(scenario.replicas).toEqual({});

    scenario
      .edit('correct', ({ spec }) => {
        spec.duration = '5s';
      })
      .wait(20);

    expect(scenario.status.phase).toBe('Successful');
    expect(scenario.status.conditions?.map(each => each.type)).toEqual([
      'Progressing',
    ]);
  });
});

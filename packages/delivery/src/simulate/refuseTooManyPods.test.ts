import { AssumptionError } from './assumptions/assumptions';
import { ManifestError } from './manifests/manifests';
import { rolloutYaml, simulateYaml } from './testing/simulateYaml';

const TOO_MANY = 20_001;
const PAUSED = 'canary: { steps: [{ setWeight: 20 }, { pause: {} }] }';

describe('more pods than are simulated', () => {
  it.each([
    ['spec.replicas', { strategy: PAUSED, replicas: TOO_MANY }],
    [
      'spec.strategy.canary.steps[0].experiment.templates',
      {
        strategy: `canary: { steps: [{ experiment: { templates: [{ name: a, specRef: canary, replicas: ${TOO_MANY} }] } }] }`,
      },
    ],
  ])('are refused by the field: %s', (field, rollout) => {
    const simulated = () => simulateYaml(rolloutYaml(rollout));

    expect(simulated).toThrow(ManifestError);
    expect(simulated).toThrow(
      `shop: ${field}: ${TOO_MANY} pods; at most 20000 are simulated`,
    );
  });

  it.each([
    [{ replicas: TOO_MANY }],
    [
      {
        scale: [
          { at: 0, replicas: 2 },
          { at: 0, replicas: TOO_MANY },
        ],
      },
    ],
  ])('are refused where they are assumed: %j', assumptions => {
    const simulated = () =>
      simulateYaml(rolloutYaml({ strategy: PAUSED }), assumptions);

    expect(simulated).toThrow(AssumptionError);
    expect(simulated).toThrow('shop: replicas assumed: 20001 pods');
  });

  it('do not matter where fewer are assumed', () => {
    const text = rolloutYaml({ strategy: PAUSED, replicas: TOO_MANY });

    expect(simulateYaml(text, { replicas: 5 }).outcome.kind).toBe('promoted');
  });
});

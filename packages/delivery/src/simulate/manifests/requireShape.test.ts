import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ManifestError } from './manifests';
import { requireShape } from './requireShape';

const rollout = (strategy: unknown) =>
  ({ metadata: { name: 'shop' }, spec: { strategy } }) as Rollout;

describe('the shape of a strategy', () => {
  it.each<[unknown, string]>([
    ['canary', 'spec.strategy: Invalid value: "canary": must be an object'],
    [
      { canary: { steps: 5 } },
      'Rollout shop: spec.strategy.canary.steps: Invalid value: 5: must be a list',
    ],
    [
      { canary: { steps: [{ pause: {} }, null] } },
      'spec.strategy.canary.steps[1]: Invalid value: null: must be an object',
    ],
    [
      { canary: { steps: [{ analysis: { templates: 'rate' } }] } },
      'spec.strategy.canary.steps[0].analysis.templates: Invalid value: "rate": must be a list',
    ],
    [
      { canary: { trafficRouting: 3 } },
      'spec.strategy.canary.trafficRouting: Invalid value: 3: must be an object',
    ],
    [
      { blueGreen: { prePromotionAnalysis: { templates: ['rate'] } } },
      'spec.strategy.blueGreen.prePromotionAnalysis.templates[0]: Invalid value: "rate": must be an object',
    ],
  ])('%j is refused with its field', (strategy, message) => {
    expect(() => requireShape(rollout(strategy))).toThrow(ManifestError);
    expect(() => requireShape(rollout(strategy))).toThrow(message);
  });

  it.each<[unknown]>([
    [undefined],
    [{ blueGreen: null, canary: { steps: null } }],
    [{ canary: { steps: [{ setWeight: 20 }], trafficRouting: {} } }],
  ])('%j is in order', strategy => {
    expect(() => requireShape(rollout(strategy))).not.toThrow();
  });
});

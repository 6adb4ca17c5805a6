import { timelineText } from './render/text';
import { AssumptionError } from './assumptions/assumptions';
import { InvalidRolloutError } from './simulateRollout';
import { expectGolden } from './testing/golden';
import {
  EIGHT_STEPS,
  rolloutYaml,
  simulateYaml,
  SUCCESS_RATE,
} from './testing/simulateYaml';

const eightSteps = rolloutYaml({ strategy: EIGHT_STEPS }) + SUCCESS_RATE;

const analysisStep = rolloutYaml({
  replicas: 4,
  strategy: `
canary:
  steps:
    - setWeight: 25
    - analysis: { templates: [{ templateName: success-rate }] }
    - setWeight: 50
`,
});

const blueGreen =
  rolloutYaml({
    replicas: 3,
    strategy: `
blueGreen:
  activeService: shop
  previewService: shop-preview
  autoPromotionEnabled: false
  postPromotionAnalysis: { templates: [{ templateName: success-rate }] }
  scaleDownDelaySeconds: 60
`,
  }) + SUCCESS_RATE;

const kinds = (
  text: string,
  ...args: Parameters<typeof simulateYaml> extends [string, ...infer R]
    ? R
    : never
) => simulateYaml(text, ...args).events.map(each => each.kind);

describe('the future of a rollout', () => {
  it.each([
    ['eight-steps', eightSteps, {}],
    ['rolling-update', rolloutYaml({ strategy: 'canary: {}' }), {}],
    ['analysis-step', analysisStep + SUCCESS_RATE, {}],
    [
      'analysis-step-fails',
      analysisStep + SUCCESS_RATE,
      {
        metrics: {
          'success-rate': [
            { from: 0, is: { value: 0.99 } },
            { from: 10_000, is: { value: 0.7 } },
          ],
        },
      },
    ],
    ['blue-green', blueGreen, {}],
    [
      'blue-green-fails',
      blueGreen,
      { metrics: { 'success-rate': [{ from: 0, is: { value: 0.7 } }] } },
    ],
    ['fail-at-step', eightSteps, { failAtStep: 5 }],
    ['nobody-promotes', eightSteps, { promoteAfter: 'never' as const }],
    ['failing-pods', analysisStep, { failingPods: 'all' as const }],
    [
      'scaled-on-the-way',
      eightSteps,
      { scale: [{ at: 30_000, replicas: 10 }] },
    ],
  ])('%s', (name, text, assumptions) => {
    const timeline = simulateYaml(text, assumptions);

    expect(timeline.events).not.toEqual([]);
    expectGolden(`future/${name}`, timelineText(timeline));
  });

  it('is the same each time', () => {
    expect(simulateYaml(eightSteps)).toEqual(simulateYaml(eightSteps));
  });

  it('takes as long over an analysis as its count and interval say', () => {
    const { events } = simulateYaml(analysisStep + SUCCESS_RATE);

    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'analysisEnded',
        phase: 'Successful',
        measurements: 3,
        milliseconds: 20_000,
      }),
    );
  });

  it('aborts where a person is assumed to', () => {
    const { events, outcome } = simulateYaml(eightSteps, { abortAtStep: 4 });

    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'person', action: 'abort' }),
    );
    expect(outcome).toMatchObject({ kind: 'aborted', phase: 'Degraded' });
  });

  it('lets a person stand in where nothing is measured', () => {
    const text = rolloutYaml({
      strategy:
        'canary: { steps: [{ setWeight: 20 }, { pause: { duration: 9s } }] }',
    });

    expect(kinds(text, { failAtStep: 2 })).toContain('aborted');
    expect(simulateYaml(text, { failAtStep: 2 }).assumptions).toContain(
      'Nothing is measured at step 2: somebody aborts there instead.',
    );
  });

  it('says how many users an abort would find exposed', () => {
    const { aborts } = simulateYaml(eightSteps);

    // 20 % for the minute of the pause.
    expect(aborts.find(each => each.step === 2)).toMatchObject({
      share: 20,
      exposed: 12_000,
      backAfter: 0,
      goneAfter: 30_000,
      podsToStart: 0,
    });
  });

  it('counts the pods that an abort has to start again, and how long it takes', () => {
    const text = rolloutYaml({
      replicas: 4,
      strategy: `
canary:
  maxSurge: 0
  maxUnavailable: 1
  steps: [{ setWeight: 50 }, { pause: { duration: 1m } }]
`,
    });

    const { aborts } = simulateYaml(text, { podStart: 7_000 });

    expect(aborts.find(each => each.step === 2)).toMatchObject({
      podsToStop: 2,
      podsToStart: 2,
      backAfter: 7_000,
    });
  });

  it.each([
    [
      rolloutYaml({ strategy: 'canary: { steps: [{ setWeight: 140 }] }' }),
      {},
      InvalidRolloutError,
      'spec.strategy.canary.steps[0].setWeight',
    ],
    [eightSteps, { failAtStep: 9 }, AssumptionError, 'has steps 1 to 8'],
    [
      rolloutYaml({ strategy: 'canary: {}' }),
      { abortAtStep: 1 },
      AssumptionError,
      'has no steps',
    ],
  ])(
    'refuses what cannot be simulated (%#)',
    (text, assumptions, type, message) => {
      const simulated = () => simulateYaml(text, assumptions);

      expect(simulated).toThrow(type);
      expect(simulated).toThrow(message);
    },
  );
});

import { planRollout } from '../rollout/planRollout';
import { colors, START } from './testing/demo';
import { Scenario } from './testing/scenario';
import { weightOf } from './testing/colorsScenario';
import { rolloutYaml, simulateYaml } from './testing/simulateYaml';

const TIMED = rolloutYaml({
  strategy: `
canary:
  steps:
    - setWeight: 20
    - pause: { duration: 1m }
    - setWeight: 60
    - pause: { duration: 1m }
`,
});
const MINUTE = 60_000;
const freeze = { name: 'Black Friday', from: 0, until: 10 * MINUTE };

/** When a step ended, in milliseconds from the beginning. */
function ended(
  timeline: ReturnType<typeof simulateYaml>,
  step: number,
): number | undefined {
  return timeline.events.find(
    each => each.kind === 'stepEnded' && each.step === step,
  )?.at;
}

function held(timeline: ReturnType<typeof simulateYaml>): string[] {
  return timeline.events
    .filter(each => each.kind === 'held')
    .map(({ at, text }) => `${at / 1_000} s: ${text}`);
}

describe('a hold', () => {
  it('keeps a timed pause until its end, and says so', () => {
    const timeline = simulateYaml(TIMED, {
      holds: [{ ...freeze, from: 30_000 }],
    });

    expect(ended(timeline, 1)).toBe(5_000);
    expect(ended(timeline, 2)).toBe(10 * MINUTE);
    expect(held(timeline)).toEqual([
      '65 s: step 2/4 (pause: 1m): the pause is over, but the freeze “Black Friday” holds promotions until 10 min after the beginning',
    ]);
    expect(timeline.outcome.kind).toBe('promoted');
  });

  it('that ends before the pause changes nothing', () => {
    const without = simulateYaml(TIMED);
    const timeline = simulateYaml(TIMED, {
      holds: [{ ...freeze, from: 10_000, until: 60_000 }],
    });

    expect(timeline.events).toEqual(without.events);
  });

  it('keeps what would follow a weight that is reached', () => {
    const timeline = simulateYaml(TIMED, { holds: [freeze] });

    expect(ended(timeline, 1)).toBe(10 * MINUTE);
    expect(
      Math.max(
        ...timeline.samples
          .filter(({ at }) => at < freeze.until)
          .map(({ share }) => share),
      ),
    ).toBe(20);
  });

  it('keeps what would follow an analysis that succeeded', () => {
    const text = `${rolloutYaml({
      strategy: `
canary:
  steps:
    - setWeight: 20
    - analysis: { templates: [{ templateName: check }] }
    - setWeight: 60
`,
    })}---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: check }
spec:
  metrics:
    - name: check
      initialDelay: 10s
      provider: { prometheus: { address: http://prometheus, query: '1' } }
`;
    const timeline = simulateYaml(text, {
      holds: [{ ...freeze, from: 5_001 }],
    });

    expect(ended(timeline, 2)).toBe(10 * MINUTE);
    expect(held(timeline)).toEqual([
      expect.stringMatching(/analysis .* succeeded, but the freeze “Black/),
    ]);
  });

  it.each([
    ['at once', ''],
    ['after a minute', '  autoPromotionSeconds: 60\n'],
  ])('keeps a blue-green promotion that would come %s', (_, seconds) => {
    const text = rolloutYaml({
      strategy: `blueGreen:\n  activeService: active\n${seconds}`,
    });
    const timeline = simulateYaml(text, { holds: [freeze] });

    const promoted = timeline.events.find(each => each.kind === 'switched');
    expect(promoted?.at).toBe(10 * MINUTE);
    expect(held(timeline)).toHaveLength(1);
    expect(timeline.outcome.kind).toBe('promoted');
  });

  it('is not taken for a lack of progress', () => {
    const timeline = simulateYaml(
      TIMED.replace(
        'spec:\n  replicas',
        'spec:\n  progressDeadlineSeconds: 60\n  progressDeadlineAbort: true\n  replicas',
      ),
      { holds: [freeze] },
    );

    expect(timeline.outcome.kind).toBe('promoted');
  });

  it('does not keep a failing version from being rolled back', () => {
    const timeline = simulateYaml(TIMED, { holds: [freeze], abortAtStep: 1 });

    expect(timeline.outcome.kind).toBe('aborted');
    expect(timeline.samples.at(-1)?.at).toBeLessThan(MINUTE);
  });

  it('lets a person go on, as far as the next step that ends by itself', () => {
    const rollout = colors();
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      analysis: undefined,
      steps: [
        { setWeight: 20 },
        { pause: { duration: '1m' } },
        { setWeight: 60 },
        { pause: { duration: '1m' } },
      ],
    });
    const scenario = new Scenario({
      rollout,
      holds: [
        {
          name: 'Black Friday',
          from: START + 60_000,
          until: START + 9_000_000,
        },
      ],
    })
      .wait(30)
      .deploy('green')
      .wait(300);
    expect(weightOf(scenario)).toBe(20);

    scenario.promote().wait(300);

    expect(weightOf(scenario)).toBe(60);
    expect(scenario.status.currentStepIndex).toBe(2);
  });

  it('is planned again for when it ends', () => {
    const { cluster, now } = new Scenario({ rollout: colors() })
      .wait(30)
      .deploy('green')
      .wait(5);
    cluster.edit(({ status }) => {
      if (status) status.currentStepIndex = 3;
    });
    const until = now + 3_600_000;
    const plan = planRollout(
      {
        ...cluster.snapshot(now),
        holds: [{ name: 'Weekend', from: 0, until }],
      },
      now,
    );
    const later = planRollout(
      {
        ...cluster.snapshot(now),
        holds: [{ name: 'Weekend', from: 0, until }],
      },
      now + 60_000,
    );

    expect(plan.held).toBeUndefined();
    expect(later).toMatchObject({ held: expect.any(String), wakeAt: until });
  });
});

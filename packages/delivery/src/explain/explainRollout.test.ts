import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { colors, search } from '../simulate/testing/demo';
import { Scenario } from '../simulate/testing/scenario';
import { explainRollout } from './explainRollout';

const TAGS = { stableImageTag: 'blue', canaryImageTag: 'green' };

const of = (scenario: Scenario, analysisRuns?: AnalysisRun[]) =>
  explainRollout(scenario.cluster.rollout, {
    ...TAGS,
    analysisRuns,
    now: scenario.now,
  });

const settled = () => new Scenario({ rollout: colors() }).wait(30);

const failedRun = (name: string, value: string): AnalysisRun => ({
  metadata: { name },
  spec: {
    metrics: [
      {
        name: 'success-rate',
        successCondition: 'result[0] >= 0.95',
        provider: {},
      },
    ],
  },
  status: {
    phase: 'Failed',
    metricResults: [
      {
        name: 'success-rate',
        phase: 'Failed',
        count: 3,
        failed: 3,
        measurements: [{ phase: 'Failed', value }],
      },
    ],
  },
});

describe('what a person could say aloud', () => {
  it('when the first version comes up', () => {
    expect(of(new Scenario({ rollout: colors() }).wait(1))).toEqual({
      sentence: 'The first version is coming up: 0 of 5 pods are available.',
      next: 'No steps are needed for it.',
    });
  });

  it('when all is well', () => {
    expect(of(settled())).toEqual({
      sentence: 'Green serves everyone: 5 of 5 pods are available.',
    });
  });

  it('when a person has promoted it, and the controller has not seen it', () => {
    const { rollout } = settled().deploy('green').wait(20).cluster;
    const promoted = {
      ...rollout,
      status: { ...rollout.status, pauseConditions: undefined },
    };
    expect(explainRollout(promoted, TAGS)).toEqual({
      sentence:
        '20 % of requests go to green. Somebody has promoted it just now.',
      next: 'Next is 40 % to green.',
    });
  });

  it('when it waits for a person', () => {
    expect(of(settled().deploy('green').wait(20))).toEqual({
      sentence: '20 % of requests go to green. Waiting for someone to promote.',
      next: 'Next is 40 % to green.',
    });
  });

  it('in a timed pause', () => {
    expect(of(settled().deploy('green').wait(20).promote().wait(5))).toEqual({
      sentence: '40 % of requests go to green for 10 s.',
      next: 'Next is 60 % to green.',
    });
  });

  it('when analysis has rolled it back: metric, value, threshold', () => {
    const scenario = new Scenario({
      rollout: colors(),
      analysisFate: () => ({ afterMilliseconds: 15_000, phase: 'Failed' }),
    })
      .wait(30)
      .deploy('green')
      .wait(75);
    const name =
      scenario.status.canary?.currentBackgroundAnalysisRunStatus?.name ?? '';

    expect(of(scenario, [failedRun(name, '[0.71]')])).toEqual({
      sentence:
        'Rolled back to blue 1 min ago: success rate was 71 % and must be at least 95 %; 3 of 3 measurements failed.',
      next: 'Retry starts green again from the first step.',
    });
  });

  it('when an analysis has aborted it, and its run is gone', () => {
    const scenario = new Scenario({
      rollout: search(),
      analysisFate: () => ({
        afterMilliseconds: 5_000,
        phase: 'Failed',
        message: 'Metric "rate" assessed Failed',
      }),
    })
      .wait(30)
      .deploy('green')
      .wait(60);

    expect(scenario.status.message).toBe(
      'RolloutAborted: Rollout aborted update to revision 2: Step-based analysis phase error/failed: Metric "rate" assessed Failed',
    );
    expect(of(scenario).sentence).toMatch(
      /: the analysis step failed: Metric "rate" assessed Failed\.$/,
    );
  });

  it('when somebody has aborted it', () => {
    const scenario = settled().deploy('green').wait(20).abort().wait(10);

    expect(of(scenario).sentence).toBe(
      'Rolled back to blue 10 s ago: somebody aborted it.',
    );
    const { sentence } = explainRollout(scenario.cluster.rollout, {
      ...TAGS,
      abortedBy: 'ada',
    });
    expect(sentence).toBe('Rolled back to blue: ada aborted it.');
  });

  it('by pods, when nothing routes traffic', () => {
    const scenario = new Scenario({ rollout: search() })
      .wait(30)
      .deploy('green')
      .wait(10);

    expect(of(scenario)).toEqual({
      sentence:
        'About 20 % of requests go to green (1 pod of 5) while analysis success-rate decides.',
      next: 'Next is about 60 % to green.',
    });
  });

  it.each([
    [1, 6, 'About 16 % of requests go to green (1 pod of 6)'],
    [0, 5, 'Nobody is sent to green yet'],
  ])(
    'by the pods that there are, not by the step: %d of %d',
    (updatedReplicas, replicas, text) => {
      const { rollout } = new Scenario({ rollout: search() })
        .wait(30)
        .deploy('green')
        .wait(10).cluster;
      const status = { ...rollout.status, updatedReplicas, replicas };

      expect(explainRollout({ ...rollout, status }, TAGS).sentence).toBe(
        `${text} while analysis success-rate decides.`,
      );
    },
  );

  it('when the manifest is wrong', () => {
    const rollout = colors();
    rollout.spec.selector = { matchLabels: { app: 'other' } };

    expect(of(new Scenario({ rollout }).wait(1)).sentence).toBe(
      'The rollout cannot be carried out: spec.template.metadata.labels: Invalid value: {"app":"colors"}: `selector` does not match template `labels`.',
    );
  });

  it('when the controller has not seen the change yet', () => {
    expect(of(settled().deploy('green')).sentence).toBe(
      'A change of the manifest waits for the controller.',
    );
  });

  it('says that a freeze holds what would go on by itself', () => {
    const rollout = colors();
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      steps: [
        { setWeight: 20 },
        { pause: { duration: '1m' } },
        { setWeight: 60 },
      ],
    });
    const scenario = new Scenario({ rollout })
      .wait(30)
      .deploy('green')
      .wait(20);

    const { sentence } = explainRollout(scenario.cluster.rollout, {
      ...TAGS,
      hold: { name: 'Black Friday', untilText: '30 Nov 2026, 06:00' },
    });

    expect(sentence).toBe(
      '20 % of requests go to green for 1 min, and at least until 30 Nov 2026, 06:00: the freeze “Black Friday” holds promotions.',
    );
  });

  it.each([
    [
      20,
      '20 % of requests go to green, and at least until 30 Nov 2026, 06:00: the freeze “Black Friday” holds promotions.',
    ],
    [
      0,
      'Moving to 20 % of requests for green: 1 pod of green so far, and no further before 30 Nov 2026, 06:00: the freeze “Black Friday” holds promotions.',
    ],
  ])(
    'says that a freeze holds it at a weight, with %s %% routed',
    (weight, words) => {
      const { rollout } = settled().deploy('green').wait(20).cluster;
      const { weights } = rollout.status?.canary ?? {};
      const at: typeof rollout = {
        ...rollout,
        status: {
          ...rollout.status,
          currentStepIndex: 0,
          pauseConditions: undefined,
          canary: {
            ...rollout.status?.canary,
            weights: weights && {
              ...weights,
              canary: { ...weights.canary, weight },
            },
          },
        },
      };

      const { sentence } = explainRollout(at, {
        ...TAGS,
        hold: { name: 'Black Friday', untilText: '30 Nov 2026, 06:00' },
      });

      expect(sentence).toBe(words);
    },
  );
});

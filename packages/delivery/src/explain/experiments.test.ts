import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { search } from '../simulate/testing/demo';
import { Scenario } from '../simulate/testing/scenario';
import { describeConsequences } from './describeConsequences';
import { explainRollout } from './explainRollout';

const TAGS = { stableImageTag: 'blue', canaryImageTag: 'green' };

function experimenting(): Rollout {
  const rollout = search();
  rollout.spec.strategy = {
    canary: {
      steps: [
        { setWeight: 20 },
        {
          experiment: {
            duration: '10m',
            templates: [
              { name: 'baseline', specRef: 'stable' },
              { name: 'candidate', specRef: 'canary' },
            ],
            analyses: [{ name: 'compare', templateName: 'success-rate' }],
          },
        },
        { setWeight: 60 },
        { pause: {} },
      ],
    },
  };
  return rollout;
}

const after = (seconds: number, phase?: 'Failed' | 'Inconclusive') =>
  new Scenario({
    rollout: experimenting(),
    analysisFate: () =>
      phase && { afterMilliseconds: 1_000, phase, message: 'latency is high' },
  })
    .wait(30)
    .deploy('green')
    .wait(seconds).cluster.rollout;

describe('words for an experiment step', () => {
  it('say which versions run, for how long, and what comes next', () => {
    expect(explainRollout(after(20), TAGS)).toEqual({
      sentence:
        'Running an experiment with baseline and candidate for 10 min. About 20 % of requests go to green (1 pod of 5).',
      next: 'Next is about 60 % to green.',
    });
  });

  it('say what a person can do when it could not tell', () => {
    expect(explainRollout(after(20, 'Inconclusive'), TAGS).sentence).toBe(
      'About 20 % of requests go to green (1 pod of 5). The experiment could not tell: waiting for someone to promote, which runs it again, or to skip it, or to abort.',
    );
  });

  it('say why it brought everyone back', () => {
    expect(explainRollout(after(20, 'Failed'), TAGS).sentence).toBe(
      'Rolled back to blue: the experiment failed: latency is high.',
    );
  });

  it('are among what follows when somebody retries', () => {
    expect(describeConsequences(after(20, 'Failed'), 'retry', TAGS)[1]).toMatch(
      /then runs an experiment with baseline and candidate for 10 min, then gives green 3 pods/,
    );
  });
});

import type {
  BlueGreenStrategy,
  RolloutAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { checkout } from '../simulate/testing/demo';
import { Scenario } from '../simulate/testing/scenario';
import { describeConsequences } from './describeConsequences';
import { explainRollout } from './explainRollout';

const TAGS = { stableImageTag: 'blue', canaryImageTag: 'green' };
const ANALYSIS: RolloutAnalysis = {
  templates: [{ templateName: 'success-rate' }],
};

const green = (
  strategy: Partial<BlueGreenStrategy>,
  phase?: 'Successful' | 'Failed' | 'Inconclusive',
) =>
  new Scenario({
    rollout: checkout(strategy),
    analysisFate: () => phase && { phase, afterMilliseconds: 5_000 },
  })
    .wait(30)
    .deploy('green');

const BY_HAND = { autoPromotionEnabled: false };
const explain = ({ cluster, now }: Scenario) =>
  explainRollout(cluster.rollout, { ...TAGS, now });

describe('a blue-green rollout, in words', () => {
  it('when the first version comes up', () => {
    expect(
      explain(new Scenario({ rollout: checkout() }).wait(1)),
    ).toMatchObject({ next: 'Neither pause nor analysis is needed for it.' });
  });

  it('when the preview comes up', () => {
    expect(explain(green(BY_HAND).wait(1))).toEqual({
      sentence:
        'Green is coming up behind the preview service: 5 pods so far; everyone is on blue.',
      next: 'Next is everyone to green.',
    });
  });

  it('when it waits for a person', () => {
    expect(explain(green(BY_HAND).wait(20))).toEqual({
      sentence:
        'Green is ready behind the preview service; everyone is on blue. Waiting for someone to promote.',
      next: 'Next is everyone to green.',
    });
  });

  it('when it waits for a time', () => {
    expect(
      explain(
        green({ autoPromotionSeconds: 60, previewService: undefined }).wait(20),
      ).sentence,
    ).toBe('Green is ready; everyone is on blue. Pausing 1 min.');
  });

  it('when an analysis decides before the switch', () => {
    expect(
      explain(
        green({
          prePromotionAnalysis: ANALYSIS,
          postPromotionAnalysis: ANALYSIS,
        }).wait(20),
      ),
    ).toEqual({
      sentence:
        'Everyone is on blue while analysis success-rate decides about green.',
      next: 'Next is everyone to green, then analysis success-rate.',
    });
  });

  it('when an analysis verifies after the switch', () => {
    expect(
      explain(green({ postPromotionAnalysis: ANALYSIS }).wait(20)),
    ).toEqual({
      sentence: 'Everyone is on green while analysis success-rate verifies it.',
      next: 'Then green is the stable version; if it fails, everyone goes back to blue.',
    });
  });

  it('when an analysis could not tell', () => {
    expect(
      explain(
        green({ postPromotionAnalysis: ANALYSIS }, 'Inconclusive').wait(20),
      ),
    ).toEqual({
      sentence:
        'Everyone is on green. The analysis could not tell: waiting for someone to promote or abort.',
      next: 'Promote measures again; abort brings everyone back to blue.',
    });
  });

  it('when an analysis has aborted it', () => {
    expect(
      explain(green({ prePromotionAnalysis: ANALYSIS }, 'Failed').wait(10)),
    ).toMatchObject({
      sentence: expect.stringMatching(
        /^Rolled back to blue 2 s ago: the pre-promotion analysis failed: /,
      ),
      next: 'Retry starts the update to green again.',
    });
  });
});

describe('what an action will do to a blue-green rollout', () => {
  it('promote: who is routed where, and the old pods', () => {
    const { rollout } = green(BY_HAND).wait(20).cluster;

    expect(describeConsequences(rollout, 'promote', TAGS)).toEqual([
      'Routes everyone to green, then makes green the stable version.',
      'The pods of blue stop 30 s after that; until green is stable, abort brings everyone back.',
    ]);
  });

  it('promote: a small preview comes up to full size first, then is verified', () => {
    const { rollout } = green({
      ...BY_HAND,
      previewReplicaCount: 1,
      scaleDownDelaySeconds: 0,
      postPromotionAnalysis: ANALYSIS,
    }).wait(20).cluster;

    expect(describeConsequences(rollout, 'promote', TAGS)).toEqual([
      'Brings green to 5 pods, then routes everyone to green, then runs the analysis success-rate, then makes green the stable version.',
      'The pods of blue stop right after that; until green is stable, abort brings everyone back.',
    ]);
  });

  it('promote fully: what is skipped', () => {
    const { rollout } = green({
      ...BY_HAND,
      prePromotionAnalysis: ANALYSIS,
    }).wait(20).cluster;

    expect(describeConsequences(rollout, 'promote-full', TAGS)).toEqual([
      'Routes everyone to green, then makes green the stable version.',
      'The pods of blue stop 30 s after that; until green is stable, abort brings everyone back.',
      'Skips the pause and every analysis.',
    ]);
  });

  it('abort before the switch', () => {
    const { rollout } = green(BY_HAND).wait(20).cluster;

    expect(describeConsequences(rollout, 'abort', TAGS)).toEqual([
      'Everyone stays on blue.',
      'The pods of green stop 30 s later.',
      'Retry starts the update again.',
    ]);
  });

  it('abort after the switch', () => {
    const { rollout } = green({
      postPromotionAnalysis: ANALYSIS,
      abortScaleDownDelaySeconds: 0,
    }).wait(20).cluster;

    expect(describeConsequences(rollout, 'abort', TAGS)).toEqual([
      'Routes everyone back to blue, as soon as its pods can take them.',
      'The pods of green keep running.',
      'Retry starts the update again.',
    ]);
  });

  it('set image: up to where it waits for a person', () => {
    const { rollout } = green(BY_HAND).wait(20).promote().wait(60).cluster;

    expect(describeConsequences(rollout, 'set-image', TAGS)).toEqual([
      'Starts a new revision.',
      'Starts 5 pods of the new image behind the preview service, then waits for someone to promote.',
      'Abort brings everyone back to blue at any time.',
    ]);
  });
});

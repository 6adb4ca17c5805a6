import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { imageOf, settled } from '../../simulate/testing/colorsScenario';
import { colors } from '../../simulate/testing/demo';
import { planRollout } from '../planRollout';
import type { RolloutSnapshot } from '../snapshot';

/**
 * The images that are deleted, of a history with v1 and v2 that are empty, v3
 * that was stable until just now, and v4 that is.
 */
function forgotten(
  revisionHistoryLimit: number,
  change: (
    snapshot: RolloutSnapshot,
    v1: string | undefined,
  ) => void = () => {},
) {
  const rollout = colors('demo/colors:v1');
  Object.assign(rollout.spec.strategy?.canary ?? {}, {
    analysis: undefined,
    steps: undefined,
    scaleDownDelaySeconds: 60,
  });
  const scenario = settled(rollout);
  for (const tag of ['v2', 'v3']) scenario.deploy(tag).wait(100);
  const { cluster, now } = scenario.deploy('v4').wait(20);
  const snapshot = structuredClone(cluster.snapshot(now));
  snapshot.rollout.spec.revisionHistoryLimit = revisionHistoryLimit;
  const images = new Map(
    snapshot.replicaSets.map(replicaSet => [
      replicaSet.metadata.name,
      imageOf({ replicaSet }).split(':')[1],
    ]),
  );
  const v1 = snapshot.replicaSets.find(
    ({ metadata }) => images.get(metadata.name) === 'v1',
  );
  change(snapshot, v1?.metadata.labels?.[POD_TEMPLATE_HASH_LABEL]);
  return planRollout(snapshot, now).writes.flatMap(write =>
    write.verb === 'delete' ? [images.get(write.name)] : [],
  );
}

describe('old revisions', () => {
  it.each([
    [3, []],
    [2, ['v1']],
    [1, ['v1', 'v2']],
    [0, ['v1', 'v2']],
  ])(
    'are kept up to a limit of %i, those that still have pods counted',
    (limit, deleted) => {
      expect(forgotten(limit)).toEqual(deleted);
    },
  );

  it('are kept while a service selects them', () => {
    expect(
      forgotten(0, ({ rollout, services }, v1 = '') => {
        // Under a pause nothing is switched, nor written to a route.
        rollout.spec.paused = true;
        Object.assign(services['colors-canary']?.spec.selector ?? {}, {
          [POD_TEMPLATE_HASH_LABEL]: v1,
        });
      }),
    ).toEqual(['v2']);
  });
});

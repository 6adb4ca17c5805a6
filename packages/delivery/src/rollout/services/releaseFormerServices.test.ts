import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { imageOf, settled } from '../../simulate/testing/colorsScenario';
import { colors } from '../../simulate/testing/demo';
import { planRollout } from '../planRollout';

/** Whether a service that the strategy does not name any more selects all pods again, while this many pods of the revision before are left. */
function isReleased(left: { wanted: number; there: number }) {
  const rollout = colors();
  Object.assign(rollout.spec.strategy?.canary ?? {}, {
    analysis: undefined,
    steps: undefined,
  });
  const { cluster, now } = settled(rollout).deploy('green').wait(100);
  const snapshot = structuredClone(cluster.snapshot(now));
  snapshot.rollout.spec.strategy = {
    canary: { stableService: 'colors-stable' },
  };
  const blue = snapshot.replicaSets.find(replicaSet =>
    imageOf({ replicaSet }).endsWith(':blue'),
  );
  if (!blue) throw new Error('no blue');
  blue.spec.replicas = left.wanted;
  blue.status = { ...blue.status, replicas: left.there };
  const write = planRollout(snapshot, now).writes.find(
    each => each.verb === 'patch' && each.name === 'colors-canary',
  );
  return write
    ? (write as { patch: { spec: { selector: object } } }).patch.spec.selector
    : undefined;
}

const RELEASED = { [POD_TEMPLATE_HASH_LABEL]: null };

describe('a service that the strategy does not name any more', () => {
  it('selects all pods again when they are all of one revision', () => {
    expect(isReleased({ wanted: 0, there: 0 })).toEqual(RELEASED);
  });

  it.each([
    ['is to keep pods', { wanted: 1, there: 1 }],
    ['has pods that are still going', { wanted: 0, there: 1 }],
  ])('does not while another revision %s', (_, left) => {
    expect(isReleased(left)).not.toEqual(RELEASED);
  });
});

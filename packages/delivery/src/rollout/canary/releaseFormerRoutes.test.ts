import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { paused } from '../../simulate/testing/colorsScenario';
import { planRollout } from '../planRollout';
import type { RolloutSnapshot } from '../snapshot';

/** What is written to the routes when the strategy becomes blue-green at 20 %. */
function routesAfter(change: (snapshot: RolloutSnapshot) => void = () => {}) {
  const { cluster, now } = paused();
  const snapshot = structuredClone(cluster.snapshot(now));
  const { canary } = snapshot.rollout.spec.strategy ?? {};
  snapshot.formerCanary = canary;
  snapshot.rollout.spec.strategy = {
    blueGreen: { activeService: 'colors-stable' },
  };
  change(snapshot);
  return planRollout(snapshot, now).writes.filter(
    ({ resource }) => resource.kind === 'VirtualService',
  );
}

const selectorOf = (snapshot: RolloutSnapshot) =>
  snapshot.services['colors-stable']?.spec.selector ?? {};

describe('the routes of a canary that is blue-green now', () => {
  it('give everything to stable', () => {
    expect(routesAfter()).toHaveLength(1);
  });

  it('wait while the service of stable leads to somebody else', () => {
    expect(
      routesAfter(snapshot => {
        selectorOf(snapshot)[POD_TEMPLATE_HASH_LABEL] = 'gone';
      }),
    ).toEqual([]);
  });

  it('need not wait for a service that selects all pods', () => {
    expect(
      routesAfter(snapshot => {
        delete selectorOf(snapshot)[POD_TEMPLATE_HASH_LABEL];
      }),
    ).toHaveLength(1);
  });

  it('wait while stable has no pod for them', () => {
    expect(
      routesAfter(({ replicaSets }) => {
        for (const { status } of replicaSets) {
          Object.assign(status ?? {}, { availableReplicas: 0 });
        }
      }),
    ).toEqual([]);
  });
});

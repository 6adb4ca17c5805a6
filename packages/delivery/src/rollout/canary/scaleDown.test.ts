import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { imageOf, paused } from '../../simulate/testing/colorsScenario';
import { colors } from '../../simulate/testing/demo';
import { planRollout } from '../planRollout';

/** Changes of green's ReplicaSet when green, which gets this weight, is aborted. */
function changesOfAborted(weight: number) {
  const rollout = colors();
  Object.assign(rollout.spec.strategy?.canary ?? {}, {
    abortScaleDownDelaySeconds: 30,
  });
  const { cluster, now } = paused(rollout).abort();
  const snapshot = structuredClone(cluster.snapshot(now));
  // Somebody has put the service back as it was before: it selects all pods.
  delete snapshot.services['colors-canary']?.spec.selector?.[
    POD_TEMPLATE_HASH_LABEL
  ];
  const [route] = Object.values(snapshot.routes ?? {});
  const { spec } = route as unknown as {
    spec: { http: { route: { weight: number }[] }[] };
  };
  spec.http[0]?.route.forEach((each, i) => {
    each.weight = i === 0 ? 100 - weight : weight;
  });
  const green = snapshot.replicaSets.find(replicaSet =>
    imageOf({ replicaSet }).endsWith(':green'),
  );
  return planRollout(snapshot, now).writes.filter(
    write => write.verb === 'patch' && write.name === green?.metadata.name,
  );
}

describe('an aborted canary', () => {
  it('stays while anything is routed to it, whatever its service selects', () => {
    expect(changesOfAborted(20)).toEqual([]);
  });

  it('is to go once nothing is', () => {
    expect(changesOfAborted(0)).toMatchObject([
      { reason: expect.stringContaining('the update was aborted') },
    ]);
  });
});

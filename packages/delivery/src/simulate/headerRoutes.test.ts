import type { ReplicaSet } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { planRollout } from '../rollout/planRollout';
import { imageOf, paused } from './testing/colorsScenario';
import { colors } from './testing/demo';

describe('the header route of a step', () => {
  it('goes while the canary has no available pods', () => {
    const rollout = colors();
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      trafficRouting: {
        istio: { virtualService: { name: 'colors', routes: ['primary'] } },
        managedRoutes: [{ name: 'testers' }],
      },
      steps: [
        { setCanaryScale: { replicas: 1 } },
        {
          setHeaderRoute: {
            name: 'testers',
            match: [{ headerName: 'x-test', headerValue: { exact: 'yes' } }],
          },
        },
        { pause: {} },
      ],
    });
    const scenario = paused(rollout);
    const snapshot = scenario.cluster.snapshot(scenario.now);
    expect(JSON.stringify(snapshot.routes)).toContain('"name":"testers"');
    const isDown = (replicaSet: ReplicaSet): ReplicaSet => ({
      ...replicaSet,
      status: { replicas: 1, readyReplicas: 0, availableReplicas: 0 },
    });

    const { writes } = planRollout(
      {
        ...snapshot,
        replicaSets: snapshot.replicaSets.map(each =>
          imageOf({ replicaSet: each }).endsWith(':green')
            ? isDown(each)
            : each,
        ),
      },
      scenario.now,
    );

    const routing = writes.filter(
      ({ resource }) => resource.kind === 'VirtualService',
    );
    expect(routing).toHaveLength(1);
    expect(JSON.stringify(routing)).not.toContain('testers');
  });
});

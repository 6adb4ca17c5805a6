import { RESOURCES } from '@progressive-delivery/kube';
import { routed, routerExample } from '../testing/examples';
import { RoutingWorld } from '../testing/routingWorld';
import { SIDES, wanting } from '../testing/wantedTraffic';

const HASH = 'rollouts-pod-template-hash';
const world = () => RoutingWorld.of(routerExample('App Mesh'));
const labelsOf = (at: RoutingWorld, name: string) =>
  at.get(RESOURCES.appMeshVirtualNodes, name).spec;

describe('appMeshRouter', () => {
  it('selects the pods of each side before it sets the weights', () => {
    const at = world();

    const writes = at.route(wanting(20));

    expect(writes.map(each => each.resource.kind)).toEqual([
      'VirtualNode',
      'VirtualNode',
      'VirtualRouter',
    ]);
    expect(labelsOf(at, 'colors-canary')).toEqual({
      podSelector: { matchLabels: { app: 'colors', [HASH]: 'green' } },
    });
    expect(
      at.get(RESOURCES.appMeshVirtualRouters, 'colors-router').spec,
    ).toMatchObject({
      routes: [
        {
          httpRoute: {
            action: { weightedTargets: [{ weight: 20 }, { weight: 80 }] },
          },
        },
      ],
    });
    expect(at.observe(SIDES)).toEqual({
      weight: 20,
      canaryHash: 'green',
      stableHash: 'blue',
    });
  });

  it('leads stable to the new pods before it gets all traffic, and the canary to nobody after it', () => {
    const at = world();
    at.route(wanting(100));

    const writes = at.route(wanting(0, { stableHash: 'green' }));

    expect(writes.map(({ reason }) => reason)).toEqual([
      'VirtualNode colors-stable selects green',
      expect.stringContaining('set the weight of the canary to 0'),
      'VirtualNode colors-canary selects canary-hash',
    ]);
  });

  it('lets the canary’s node select nobody when both are the same', () => {
    const at = world();

    at.route(wanting(0, { canaryHash: 'blue' }));

    expect(labelsOf(at, 'colors-canary')).toMatchObject({
      podSelector: { matchLabels: { [HASH]: 'canary-hash' } },
    });
    expect(at.observe(SIDES).canaryHash).toBeUndefined();
  });

  it('says what is missing on the way to the targets', () => {
    const at = world();
    at.put(...routed(RESOURCES.appMeshVirtualServices, { spec: {} }));

    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.appMesh.virtualService.name: Virtual-service is not associated with virtual-router',
    ]);
  });
});

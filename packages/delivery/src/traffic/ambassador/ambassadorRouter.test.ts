import { RESOURCES } from '@progressive-delivery/kube';
import { withField } from '../objects/fields';
import { routed, routerExample } from '../testing/examples';
import { RoutingWorld } from '../testing/routingWorld';
import { SIDES, wanting } from '../testing/wantedTraffic';

const world = () => RoutingWorld.of(routerExample('Ambassador'));

describe('ambassadorRouter', () => {
  it('has no Mapping for the canary as long as it has no share', () => {
    expect(world().route(wanting(0))).toEqual([]);
  });

  it('makes the canary’s Mapping from the stable one', () => {
    const at = world();

    at.route(wanting(30));

    expect(at.get(RESOURCES.mappings, 'colors-canary')).toMatchObject({
      apiVersion: 'getambassador.io/v2',
      kind: 'Mapping',
      metadata: { namespace: 'demo', ownerReferences: [{ name: 'colors' }] },
      spec: {
        prefix: '/',
        rewrite: '/',
        service: 'colors-canary:80',
        weight: 30,
      },
    });
    expect(at.observe(SIDES).weight).toBe(30);
  });

  it('takes its weight away before it removes it', () => {
    const at = world();
    at.route(wanting(30));

    expect(at.route(wanting(0))).toMatchObject([
      { verb: 'patch', patch: [{ path: '/spec/weight', value: 0 }] },
    ]);
    expect(at.route(wanting(0))).toMatchObject([{ verb: 'delete' }]);
    expect(at.route(wanting(0))).toEqual([]);
  });

  it('wants a Mapping without a weight, to the stable service', () => {
    const at = world();
    at.put(
      ...routed(RESOURCES.mappings, {
        spec: { service: 'colors-stable', weight: 10 },
      }),
    );
    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.ambassador.mappings[0]: Ambassador mapping "colors" can not define weight: take its spec.weight away',
    ]);

    at.put(...routed(RESOURCES.mappings, { spec: { service: 'other' } }));
    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.ambassador.mappings[0]: Ambassador mapping "colors" does not lead to the stable service "colors-stable"',
    ]);
  });

  it('leaves a Mapping alone that has the name of the canary’s by chance', () => {
    const at = world();
    const [resource, stable] = routed(RESOURCES.mappings, {
      spec: { prefix: '/', service: 'somebody-else', weight: 0 },
    });
    at.put(resource, {
      ...stable,
      metadata: { ...stable.metadata, name: 'colors-canary' },
    });

    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.ambassador.mappings[0]: Ambassador mapping "colors-canary" does not lead to the canary service "colors-canary": remove it, or rename one of the two',
    ]);
  });

  it('copies no status', () => {
    const at = world();
    const stable = at.get(RESOURCES.mappings, 'colors');
    at.put(RESOURCES.mappings, withField(stable, ['status'], { state: 'up' }));

    at.route(wanting(30));

    const made = at.get(RESOURCES.mappings, 'colors-canary');
    expect(made).not.toHaveProperty('status');
  });
});

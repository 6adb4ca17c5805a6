import { RESOURCES } from '@progressive-delivery/kube';
import { routed, routerExample } from '../testing/examples';
import { RoutingWorld } from '../testing/routingWorld';
import { wanting } from '../testing/wantedTraffic';

const world = () => RoutingWorld.of(routerExample('Traefik'));
const services = (...names: string[]) => ({
  spec: { weighted: { services: names.map(name => ({ name, port: 80 })) } },
});

describe('traefikRouter', () => {
  it('sets the weights of the two services, and of no other', () => {
    const at = world();
    const kind = RESOURCES.traefikContainousServices;
    at.put(
      ...routed(kind, services('colors-stable', 'other', 'colors-canary')),
    );

    at.route(wanting(30));

    expect(at.get(kind).spec).toEqual({
      weighted: {
        services: [
          { name: 'colors-stable', port: 80, weight: 70 },
          { name: 'other', port: 80 },
          { name: 'colors-canary', port: 80, weight: 30 },
        ],
      },
    });
  });

  it('writes the service in the group of Traefik 3, where there is one', () => {
    const at = world();
    at.put(
      ...routed(
        RESOURCES.traefikServices,
        services('colors-stable', 'colors-canary'),
      ),
    );

    expect(at.route(wanting(30))).toMatchObject([
      { resource: { group: 'traefik.io' } },
    ]);
  });

  it('says which service is missing', () => {
    const at = world();
    const kind = RESOURCES.traefikContainousServices;
    at.put(...routed(kind, services('colors-stable')));

    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.traefik.weightedTraefikServiceName: TraefikService "colors" has no service "colors-canary" in spec.weighted.services: add it',
    ]);
  });
});

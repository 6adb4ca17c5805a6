import * as fc from 'fast-check';
import { kindKey } from '../rollout/snapshot';
import { routeReferencesOf, TRAFFIC_ROUTERS } from '../traffic/registry';
import { colorsRoutedBy, ROUTER_EXAMPLES } from '../traffic/testing/examples';
import { RoutingWorld } from '../traffic/testing/routingWorld';
import { anyWanted } from '../traffic/testing/wantedTraffic';
import { ROUTING_ACCESS } from './access';

/** Everything that all routers may ask for. */
const EVERYTHING = colorsRoutedBy({
  istio: {
    virtualService: { name: 'colors' },
    destinationRule: {
      name: 'colors',
      canarySubsetName: 'canary',
      stableSubsetName: 'stable',
    },
  },
  nginx: { stableIngress: 'colors' },
  alb: { ingress: 'colors', rootService: 'colors-root', servicePort: 80 },
  smi: {},
  ambassador: { mappings: ['colors'] },
  apisix: { route: { name: 'colors' } },
  appMesh: {
    virtualService: { name: 'colors' },
    virtualNodeGroup: {
      canaryVirtualNodeRef: { name: 'canary' },
      stableVirtualNodeRef: { name: 'stable' },
    },
  },
  traefik: { weightedTraefikServiceName: 'colors' },
  plugins: {
    'argoproj-labs/gatewayAPI': {
      httpRoutes: [{ name: 'colors' }],
      grpcRoutes: [{ name: 'colors' }],
      tcpRoutes: [{ name: 'colors' }],
      tlsRoutes: [{ name: 'colors' }],
    },
    'progressive-delivery/haproxy': { ingress: 'colors' },
  },
});

describe('what the controller may do with routing objects', () => {
  it('is about the kinds that its routers name, and no others', () => {
    const named = routeReferencesOf(EVERYTHING).map(each =>
      kindKey(each.resource),
    );

    expect(TRAFFIC_ROUTERS).toHaveLength(10);
    expect([...new Set(named)].sort()).toEqual(
      ROUTING_ACCESS.map(({ resource }) => kindKey(resource)).sort(),
    );
  });

  it('is every write that its routers plan, and no other', () => {
    const writes = new Set<string>();
    for (const example of ROUTER_EXAMPLES) {
      fc.assert(
        fc.property(
          fc.array(anyWanted(fc, example.router), { minLength: 3 }),
          every => {
            const world = RoutingWorld.of(example);
            for (const wanted of every) world.route(wanted);
            for (const { verb, resource } of world.writes) {
              writes.add(`${verb} ${kindKey(resource)}`);
            }
          },
        ),
        { numRuns: 30, seed: 1 },
      );
    }
    const allowed = ROUTING_ACCESS.flatMap(({ resource, write }) =>
      write.map(verb => `${verb} ${kindKey(resource)}`),
    );

    expect([...writes].filter(write => !allowed.includes(write))).toEqual([]);
    // Kinds that are written as another of the same router is.
    const alike =
      /^patch traefik\.io\/|^patch gateway\.networking\.k8s\.io\/(grpc|tcp|tls)/;
    expect(
      allowed.filter(write => !writes.has(write) && !alike.test(write)),
    ).toEqual([]);
  });
});

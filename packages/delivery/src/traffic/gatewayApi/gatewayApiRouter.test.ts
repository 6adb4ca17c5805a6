import { RESOURCES } from '@progressive-delivery/kube';
import { listAt, withField } from '../objects/fields';
import { routed, routerExample } from '../testing/examples';
import { RoutingWorld } from '../testing/routingWorld';
import { HEADER_ROUTE, SIDES, wanting } from '../testing/wantedTraffic';

const STANZA =
  'spec.strategy.canary.trafficRouting.plugins.argoproj-labs/gatewayAPI';

function worldWith(stanza: object) {
  const example = routerExample('Gateway API');
  const { canary } = example.rollout.spec.strategy ?? {};
  if (canary?.trafficRouting) {
    canary.trafficRouting.plugins = { 'argoproj-labs/gatewayAPI': stanza };
  }
  return RoutingWorld.of(example);
}
const rulesOf = (at: RoutingWorld) =>
  listAt(at.get(RESOURCES.httpRoutes), 'spec', 'rules');

describe('gatewayApiRouter', () => {
  it('takes a weight that is left out for 1, and writes all of them', () => {
    const at = worldWith({ httpRoute: 'colors' });
    expect(at.observe(SIDES).weight).toBe(1);

    at.route(wanting(0));

    expect(rulesOf(at)).toMatchObject([
      { backendRefs: [{ weight: 100 }, { weight: 0 }] },
      { backendRefs: [{ name: 'colors-docs', port: 80 }] },
    ]);
    expect(at.observe(SIDES).weight).toBe(0);
  });

  it('labels the route while the canary has a share', () => {
    const at = worldWith({ httpRoute: 'colors' });
    const label = 'rollouts.argoproj.io/gatewayapi-canary';

    at.route(wanting(20));
    expect(at.get(RESOURCES.httpRoutes).metadata.labels).toEqual({
      [label]: 'in-progress',
    });
    at.route(wanting(0));
    expect(at.get(RESOURCES.httpRoutes).metadata.labels).toEqual({});

    const plain = worldWith({
      httpRoute: 'colors',
      disableInProgressLabel: true,
    });
    plain.route(wanting(20));
    expect(plain.get(RESOURCES.httpRoutes).metadata.labels).toBeUndefined();
  });

  it('puts a rule for a header route behind the others, and takes it away', () => {
    const at = worldWith({ httpRoute: 'colors' });

    at.route(wanting(20, { managedRoutes: [HEADER_ROUTE] }));

    expect(rulesOf(at)[2]).toEqual({
      name: 'set-header',
      matches: [
        {
          path: { type: 'PathPrefix', value: '/' },
          headers: [
            { type: 'Exact', name: 'X-Canary', value: 'yes' },
            { type: 'Exact', name: 'X-Group', value: 'beta' },
          ],
        },
      ],
      filters: [],
      backendRefs: [
        { group: '', kind: 'Service', name: 'colors-canary', port: 80 },
      ],
    });
    at.route(wanting(20));
    expect(rulesOf(at)).toHaveLength(2);
  });

  it('is content with what the API server fills in', () => {
    const at = worldWith({ httpRoute: 'colors' });
    const wanted = wanting(20, { managedRoutes: [HEADER_ROUTE] });
    at.route(wanted);
    const object = at.get(RESOURCES.httpRoutes);
    const filled = listAt(object, 'spec', 'rules').map(rule =>
      withField(
        rule,
        ['backendRefs'],
        listAt(rule, 'backendRefs').map(ref => ({
          group: '',
          kind: 'Service',
          weight: 1,
          ...(ref as object),
        })),
      ),
    );
    at.put(RESOURCES.httpRoutes, withField(object, ['spec', 'rules'], filled));

    expect(at.route(wanted)).toEqual([]);
  });

  it('puts header routes only where they are asked for, of several routes', () => {
    const at = worldWith({
      httpRoutes: [{ name: 'colors' }],
      grpcRoutes: [{ name: 'colors', useHeaderRoutes: true }],
      tcpRoutes: [{ name: 'colors' }],
    });
    const { spec } = at.get(RESOURCES.httpRoutes);
    at.put(...routed(RESOURCES.grpcRoutes, { spec }));
    at.put(...routed(RESOURCES.tcpRoutes, { spec }));

    at.route(wanting(20, { managedRoutes: [HEADER_ROUTE] }));

    const count = (kind: 'httpRoutes' | 'grpcRoutes' | 'tcpRoutes') =>
      listAt(at.get(RESOURCES[kind]), 'spec', 'rules').length;
    expect([
      count('httpRoutes'),
      count('grpcRoutes'),
      count('tcpRoutes'),
    ]).toEqual([2, 3, 2]);
  });

  it('finds routes by their labels', () => {
    const at = worldWith({
      httpRouteSelector: { matchLabels: { team: 'colors' } },
    });
    expect(at.problems).toEqual([
      `${STANZA}: its selectors match no route: label one`,
    ]);

    at.put(
      RESOURCES.httpRoutes,
      withField(at.get(RESOURCES.httpRoutes), ['metadata', 'labels'], {
        team: 'colors',
      }),
    );

    expect(at.problems).toEqual([]);
    expect(at.route(wanting(20))).toMatchObject([{ name: 'colors' }]);
  });

  it('adds backends for experiments, and removes only those', () => {
    const at = worldWith({ httpRoute: 'colors' });
    at.route(
      wanting(20, {
        additional: [{ service: 'exp', podTemplateHash: 'e', weight: 5 }],
      }),
    );

    expect(rulesOf(at)[0]).toMatchObject({
      backendRefs: [
        { weight: 75 },
        { weight: 20 },
        { name: 'exp', namespace: 'demo', port: 80, weight: 5 },
      ],
    });
    at.route(wanting(20));
    expect(rulesOf(at)[0]).toMatchObject({
      backendRefs: [{ weight: 80 }, { weight: 20 }],
    });
  });

  it.each([
    [{}, `${STANZA}: No routes configured`],
    [
      { httpRoute: 'nowhere' },
      `${STANZA}.httpRoute: HTTPRoute "nowhere" not found in namespace "demo"`,
    ],
    [
      { httpRoutes: [{ name: 'colors' }], namespace: 'edge' },
      `${STANZA}.httpRoutes[0].name: HTTPRoute "colors" not found in namespace "edge"`,
    ],
  ])('finds %j wrong', (stanza, problem) => {
    expect(worldWith(stanza).problems.join()).toContain(problem);
  });

  it('leaves a rule alone whose name only begins like a header route', () => {
    const at = worldWith({ httpRoute: 'colors' });
    const object = at.get(RESOURCES.httpRoutes);
    const own = { name: 'set-header-eu', backendRefs: [{ name: 'eu' }] };
    at.put(
      RESOURCES.httpRoutes,
      withField(object, ['spec', 'rules'], [...rulesOf(at), own]),
    );

    at.route(wanting(20));

    expect(rulesOf(at)).toContainEqual(own);
  });

  it('asks for the headers of the split rule, too, in a header route', () => {
    const at = worldWith({ httpRoute: 'colors' });
    const object = at.get(RESOURCES.httpRoutes);
    const tenant = { type: 'Exact', name: 'X-Tenant', value: 'a' };
    const [split, ...others] = rulesOf(at);
    const narrowed = withField(split, ['matches'], [{ headers: [tenant] }]);
    at.put(
      RESOURCES.httpRoutes,
      withField(object, ['spec', 'rules'], [narrowed, ...others]),
    );

    at.route(wanting(20, { managedRoutes: [HEADER_ROUTE] }));

    expect(rulesOf(at)[2]).toMatchObject({
      matches: [
        { headers: [tenant, { name: 'X-Canary' }, { name: 'X-Group' }] },
      ],
    });
  });
});

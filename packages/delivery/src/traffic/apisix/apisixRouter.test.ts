import { RESOURCES } from '@progressive-delivery/kube';
import { withField } from '../objects/fields';
import { routed, routerExample } from '../testing/examples';
import { RoutingWorld } from '../testing/routingWorld';
import { HEADER_ROUTE, wanting } from '../testing/wantedTraffic';

const world = () => RoutingWorld.of(routerExample('APISIX'));

describe('apisixRouter', () => {
  it('sets the weights of the backends', () => {
    const at = world();

    at.route(wanting(20));

    expect(at.get(RESOURCES.apisixRoutes).spec).toMatchObject({
      http: [
        {
          name: 'main',
          backends: [
            { serviceName: 'colors-stable', weight: 80 },
            { serviceName: 'colors-canary', weight: 20 },
          ],
        },
      ],
    });
  });

  it('makes a route of its own for a header route, and removes it', () => {
    const at = world();

    at.route(wanting(20, { managedRoutes: [HEADER_ROUTE] }));

    expect(at.get(RESOURCES.apisixRoutes, 'set-header')).toMatchObject({
      apiVersion: 'apisix.apache.org/v2',
      metadata: { ownerReferences: [{ name: 'colors' }] },
      spec: {
        http: [
          {
            name: 'main',
            priority: 1,
            match: {
              paths: ['/*'],
              exprs: [
                {
                  subject: { scope: 'Header', name: 'X-Canary' },
                  op: 'Equal',
                  value: 'yes',
                },
                {
                  subject: { scope: 'Header', name: 'X-Group' },
                  op: 'Equal',
                  value: 'beta',
                },
              ],
            },
            backends: [{ serviceName: 'colors-canary', weight: 100 }],
          },
        ],
      },
    });
    expect(at.route(wanting(20))).toMatchObject([
      { verb: 'delete', name: 'set-header' },
    ]);
  });

  it('does not touch a route of somebody else', () => {
    const at = world();
    at.put(...routed(RESOURCES.apisixRoutes, {}, 'set-header'));

    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.managedRoutes: duplicate ApisixRoute [set-header] already exists: rename the managed route',
    ]);
    expect(
      at.route(wanting(0, { managedRoutes: [HEADER_ROUTE] })),
    ).toMatchObject([{ name: 'colors' }]);
  });

  it.each([
    [[], 'rule main not found'],
    [
      [{ name: 'main', backends: [{ serviceName: 'colors-stable' }] }],
      'apisix route colors-canary backend was not found',
    ],
  ])('finds rules %j wrong', (http, problem) => {
    const at = world();
    at.put(...routed(RESOURCES.apisixRoutes, { spec: { http } }));

    expect(at.problems.join()).toContain(problem);
  });

  it('makes the route of a header route for the same ingress class', () => {
    const at = world();
    const weighted = at.get(RESOURCES.apisixRoutes);
    at.put(
      RESOURCES.apisixRoutes,
      withField(weighted, ['spec', 'ingressClassName'], 'apisix'),
    );

    at.route(wanting(20, { managedRoutes: [HEADER_ROUTE] }));

    expect(at.get(RESOURCES.apisixRoutes, 'set-header').spec).toMatchObject({
      ingressClassName: 'apisix',
    });
  });
});

import {
  HEADER_ROUTE,
  MIRROR_ROUTE,
  SIDES,
  wanting,
} from '../testing/wantedTraffic';
import {
  virtualService,
  byHost,
  world,
  hostWorld,
  specOf,
} from './testing/istioWorld';

describe('istioRouter by host', () => {
  it('patches nothing but the weights', () => {
    const at = hostWorld();

    const [write] = at.route(wanting(20));

    expect(write).toMatchObject({
      verb: 'patch',
      patchType: 'json',
      patch: [
        { op: 'add', path: '/spec/http/1/route/0/weight', value: 80 },
        { op: 'add', path: '/spec/http/1/route/1/weight', value: 20 },
      ],
      reason:
        'set the weight of the canary to 20 in VirtualService colors: a test',
    });
  });

  it('is content with a weight of 0 that is left out', () => {
    expect(hostWorld().route(wanting(0))).toEqual([]);
  });

  it('puts managed routes before all others, in the order of managedRoutes', () => {
    const at = hostWorld();

    at.route(wanting(20, { managedRoutes: [MIRROR_ROUTE, HEADER_ROUTE] }));

    expect(specOf(at)).toMatchObject({
      http: [
        {
          name: 'mirror',
          match: [{ method: { exact: 'GET' }, uri: { prefix: '/' } }],
          route: [
            { destination: { host: 'colors-stable' }, weight: 80 },
            { weight: 20 },
          ],
          mirror: { host: 'colors-canary', port: { number: 80 } },
          mirrorPercentage: { value: 35 },
        },
        {
          name: 'set-header',
          match: [
            { headers: { 'X-Canary': { exact: 'yes' } } },
            { headers: { 'X-Group': { exact: 'beta' } } },
          ],
          route: [
            {
              destination: { host: 'colors-canary', port: { number: 80 } },
              weight: 100,
            },
          ],
        },
        { name: 'other' },
        { name: 'primary', timeout: '5s' },
      ],
    });
  });

  it('sets the weights of several VirtualServices, also of another namespace', () => {
    const at = world(
      { virtualServices: [{ name: 'colors' }, { name: 'public.edge' }] },
      virtualService({ http: [{ route: byHost() }] }),
      virtualService(
        {
          http: [
            {
              route: [
                { destination: { host: 'colors-stable.demo' }, weight: 100 },
                { destination: { host: 'colors-canary.demo' }, weight: 0 },
              ],
            },
          ],
        },
        'public',
        'edge',
      ),
    );

    expect(at.route(wanting(30))).toMatchObject([
      { name: 'colors', namespace: 'demo' },
      { name: 'public', namespace: 'edge' },
    ]);
  });

  it('does not take a service of another namespace for its own', () => {
    const at = world(
      { virtualService: { name: 'colors' } },
      virtualService({
        http: [
          {
            route: [
              { destination: { host: 'colors-stable.other' } },
              { destination: { host: 'colors-canary.demo' } },
            ],
          },
        ],
      }),
    );

    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.istio.virtualService.name: HTTP route 0 of VirtualService "colors" has no destination with host "colors-stable"',
    ]);
  });

  it('sets TLS routes by port and SNI hosts, and TCP routes by port', () => {
    const at = world(
      {
        virtualService: {
          name: 'colors',
          tlsRoutes: [{ port: 443, sniHosts: ['a.example', 'b.example'] }],
          tcpRoutes: [{ port: 3000 }],
        },
      },
      virtualService({
        tls: [
          { match: [{ port: 443, sniHosts: ['a.example'] }], route: byHost() },
          {
            match: [
              { port: 443, sniHosts: ['b.example'] },
              { port: 443, sniHosts: ['a.example'] },
            ],
            route: byHost(),
          },
        ],
        tcp: [
          { match: [{ port: 3000 }], route: byHost() },
          { match: [{ port: 4000 }], route: byHost() },
        ],
      }),
    );

    expect(at.problems).toEqual([]);
    expect(at.route(wanting(20))[0]).toMatchObject({
      patch: [
        { path: '/spec/tls/1/route/0/weight', value: 80 },
        { path: '/spec/tls/1/route/1/weight', value: 20 },
        { path: '/spec/tcp/0/route/0/weight', value: 80 },
        { path: '/spec/tcp/0/route/1/weight', value: 20 },
      ],
    });
  });

  it('gives experiments destinations of their own, and takes them away', () => {
    const at = hostWorld();
    const additional = [
      { service: 'colors-exp', podTemplateHash: 'exp', weight: 5 },
    ];

    at.route(wanting(20, { additional }));

    expect(specOf(at)).toMatchObject({
      http: [
        {},
        {
          route: [
            { weight: 75 },
            { weight: 20 },
            { destination: { host: 'colors-exp' }, weight: 5 },
          ],
        },
      ],
    });
    at.route(wanting(20));
    expect(specOf(at)).toMatchObject({
      http: [{}, { route: [{ weight: 80 }, { weight: 20 }] }],
    });
  });

  it('follows the greatest weight where routes differ', () => {
    const at = world(
      { virtualService: { name: 'colors', routes: ['a', 'b'] } },
      virtualService({
        http: [
          { name: 'a', route: byHost(100) },
          {
            name: 'b',
            route: [byHost(60)[0], { ...byHost()[1], weight: 40 }],
          },
        ],
      }),
    );

    expect(at.observe(SIDES).weight).toBe(40);
    at.route(wanting(10));
    expect(at.observe(SIDES).weight).toBe(10);
  });
});

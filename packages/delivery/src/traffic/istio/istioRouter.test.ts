import type {
  IstioTrafficRouting,
  KubeObject,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube';
import { colors } from '../../simulate/testing/demo';
import type { Routed } from '../testing/routerExample';
import { RoutingWorld } from '../testing/routingWorld';
import {
  HEADER_ROUTE,
  MIRROR_ROUTE,
  SIDES,
  wanting,
} from '../testing/wantedTraffic';
import { istioRouter } from './istioRouter';

const HASH = 'rollouts-pod-template-hash';

function rolloutWith(istio: IstioTrafficRouting) {
  const rollout = colors();
  const canary = rollout.spec.strategy?.canary ?? {};
  canary.trafficRouting = {
    istio,
    managedRoutes: [{ name: 'mirror' }, { name: 'set-header' }],
  };
  return rollout;
}

function virtualService(spec: object, name = 'colors', namespace = 'demo') {
  const object = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace, annotations: { keep: 'this' } },
    spec: { hosts: ['colors.local'], ...spec },
  } as KubeObject;
  return [RESOURCES.virtualServices, object] as const;
}

const byHost = (weight = 100) => [
  { destination: { host: 'colors-stable', port: { number: 80 } }, weight },
  { destination: { host: 'colors-canary.demo.svc.cluster.local' } },
];
const bySubset = [
  { destination: { host: 'colors', subset: 'stable' }, weight: 100 },
  { destination: { host: 'colors', subset: 'canary' }, weight: 0 },
];
const rule = [
  RESOURCES.destinationRules,
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'colors', namespace: 'demo' },
    spec: {
      host: 'colors',
      subsets: [
        {
          name: 'canary',
          labels: { app: 'colors' },
          trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
        },
        { name: 'stable', labels: { app: 'colors' } },
        { name: 'legacy', labels: { app: 'colors', version: 'old' } },
      ],
    },
  } as KubeObject,
] as const;

const HOST_STANZA: IstioTrafficRouting = {
  virtualService: { name: 'colors', routes: ['primary'] },
};
const SUBSET_STANZA: IstioTrafficRouting = {
  virtualService: { name: 'colors' },
  destinationRule: {
    name: 'colors',
    canarySubsetName: 'canary',
    stableSubsetName: 'stable',
  },
};

function world(istio: IstioTrafficRouting, ...objects: Routed[]) {
  return new RoutingWorld(istioRouter, rolloutWith(istio), objects);
}
const hostWorld = () =>
  world(
    HOST_STANZA,
    virtualService({
      http: [
        { name: 'other', route: [{ destination: { host: 'elsewhere' } }] },
        { name: 'primary', timeout: '5s', route: byHost() },
      ],
    }),
  );
const subsetWorld = () =>
  world(SUBSET_STANZA, virtualService({ http: [{ route: bySubset }] }), rule);
const specOf = (at: RoutingWorld, name = 'colors') =>
  at.get(RESOURCES.virtualServices, name).spec;
const subsetsOf = (at: RoutingWorld) =>
  (
    at.get(RESOURCES.destinationRules, 'colors') as {
      spec: { subsets: unknown[] };
    }
  ).spec.subsets;

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

describe('istioRouter by subset', () => {
  it('selects the pods before it gives them weight', () => {
    const at = subsetWorld();

    const writes = at.route(wanting(20));

    expect(writes.map(each => each.resource.kind)).toEqual([
      'DestinationRule',
      'VirtualService',
    ]);
    expect(subsetsOf(at)).toEqual([
      {
        name: 'canary',
        labels: { app: 'colors', [HASH]: 'green' },
        trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
      },
      { name: 'stable', labels: { app: 'colors', [HASH]: 'blue' } },
      { name: 'legacy', labels: { app: 'colors', version: 'old' } },
    ]);
    expect(at.observe(SIDES)).toMatchObject({
      weight: 20,
      canaryHash: 'green',
      stableHash: 'blue',
    });
  });

  it('takes the weight away before it selects others', () => {
    const at = subsetWorld();
    at.route(wanting(20));

    const writes = at.route(wanting(0, { canaryHash: 'blue' }));

    expect(writes.map(each => each.resource.kind)).toEqual([
      'VirtualService',
      'DestinationRule',
    ]);
  });

  it('leads stable to the new pods before it gets all traffic back', () => {
    const at = subsetWorld();
    at.route(wanting(100));

    const writes = at.route(wanting(0, { stableHash: 'green' }));

    expect(writes.map(each => each.resource.kind)).toEqual([
      'DestinationRule',
      'VirtualService',
    ]);
  });

  it('lets go of an experiment’s pods after they had traffic', () => {
    const at = subsetWorld();
    const additional = [
      { service: 'colors-exp', podTemplateHash: 'exp', weight: 5 },
    ];
    at.route(wanting(20, { additional }));

    const writes = at.route(wanting(20));

    expect(writes.map(each => each.resource.kind)).toEqual([
      'VirtualService',
      'DestinationRule',
    ]);
  });

  it('selects, weighs and lets go in this order when all of it is due', () => {
    const at = subsetWorld();
    at.route(wanting(20));
    const sides = { canaryHash: 'red', stableHash: 'green' };

    const writes = at.route(wanting(0, sides));

    expect(writes.map(each => each.reason)).toEqual([
      'DestinationRule colors: subset canary selects green, subset stable selects green',
      expect.stringContaining('set the weight of the canary to 0'),
      'DestinationRule colors: subset canary selects red, subset stable selects green',
    ]);
    expect(at.observe(SIDES)).toMatchObject({ weight: 0, ...sides });
    expect(at.route(wanting(0, sides))).toEqual([]);
  });

  it('needs no services', () => {
    expect(istioRouter.needsServices(rolloutWith(SUBSET_STANZA))).toBe(false);
    expect(istioRouter.needsServices(rolloutWith(HOST_STANZA))).toBe(true);
  });

  it('has a subset for each experiment as long as it runs', () => {
    const at = subsetWorld();
    const additional = [
      { service: 'colors-exp', podTemplateHash: 'exp', weight: 5 },
    ];

    at.route(wanting(20, { additional }));

    expect(subsetsOf(at)[3]).toEqual({
      name: 'colors-exp',
      labels: { [HASH]: 'exp' },
    });
    expect(at.observe(SIDES).additional).toContain('exp');
    at.route(wanting(20));
    expect(subsetsOf(at)).toHaveLength(3);
  });

  it('leaves declared additional subsets their share', () => {
    const at = world(
      {
        ...SUBSET_STANZA,
        destinationRule: {
          name: 'colors',
          canarySubsetName: 'canary',
          stableSubsetName: 'stable',
          additionalSubsetNames: ['legacy'],
        },
      },
      virtualService({
        http: [
          {
            route: [
              ...bySubset,
              { destination: { host: 'colors', subset: 'legacy' }, weight: 20 },
            ],
          },
        ],
      }),
      rule,
    );

    at.route(wanting(30));

    expect(specOf(at)).toMatchObject({
      http: [{ route: [{ weight: 50 }, { weight: 30 }, { weight: 20 }] }],
    });
  });

  it('leads header and mirror routes to the canary subset', () => {
    const at = subsetWorld();

    at.route(wanting(0, { managedRoutes: [MIRROR_ROUTE, HEADER_ROUTE] }));

    expect(specOf(at)).toMatchObject({
      http: [
        { mirror: { host: 'colors', subset: 'canary' } },
        { route: [{ destination: { host: 'colors', subset: 'canary' } }] },
        {},
      ],
    });
  });
});

describe('what istioRouter finds wrong', () => {
  it.each<[string, IstioTrafficRouting, Routed[], string]>([
    [
      'no VirtualService',
      {},
      [],
      'istio.virtualService: either VirtualService or VirtualServices must be configured',
    ],
    [
      'both fields',
      { virtualService: { name: 'a' }, virtualServices: [{ name: 'b' }] },
      [],
      'istio.virtualServices: either VirtualService or VirtualServices must be configured, not both: put all into virtualServices',
    ],
    [
      'several routes and no name',
      { virtualService: { name: 'colors' } },
      [
        virtualService({
          http: [
            { name: 'a', route: byHost() },
            { name: 'b', route: byHost() },
          ],
        }),
      ],
      'istio.virtualService.routes: VirtualService "colors" has 2 HTTP routes: name those whose weights the rollout is to set',
    ],
    [
      'no route at all',
      { virtualService: { name: 'colors' } },
      [virtualService({ http: 'odd' })],
      'istio.virtualService.name: VirtualService "colors" has no HTTP, TLS or TCP route whose weights could be set: add one',
    ],
    [
      'a TCP route that is not there',
      { virtualService: { name: 'colors', tcpRoutes: [{ port: 1 }] } },
      [virtualService({ tcp: [{ match: [{ port: 2 }], route: byHost() }] })],
      'istio.virtualService.tcpRoutes[0]: VirtualService "colors" has no such TCP route: add it, or correct the reference',
    ],
    [
      'a missing DestinationRule',
      SUBSET_STANZA,
      [virtualService({ http: [{ route: bySubset }] })],
      'istio.destinationRule.name: DestinationRule "colors" not found in namespace "demo"; create it, or correct the name',
    ],
    [
      'a missing subset',
      {
        ...SUBSET_STANZA,
        destinationRule: {
          name: 'colors',
          canarySubsetName: 'next',
          stableSubsetName: 'stable',
        },
      },
      [virtualService({ http: [{ route: bySubset }] }), rule],
      'istio.destinationRule.canarySubsetName: DestinationRule "colors" has no such subset: add it, or correct the name',
    ],
  ])('%s', (_, istio, objects, problem) => {
    expect(world(istio, ...objects).problems).toContain(
      `spec.strategy.canary.trafficRouting.${problem}`,
    );
  });

  it('a cluster without Istio', () => {
    const at = world(HOST_STANZA);
    at.servedKinds = { 'networking.istio.io/virtualservices': null };

    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.istio.virtualService.name: this cluster has no kind VirtualService (virtualservices.networking.istio.io): install its custom resource definition, or choose another traffic router',
    ]);
  });
});

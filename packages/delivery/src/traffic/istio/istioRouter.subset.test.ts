import type { IstioTrafficRouting } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube';
import { withField } from '../objects/fields';
import type { Routed } from '../testing/routerExample';
import {
  HEADER_ROUTE,
  MIRROR_ROUTE,
  SIDES,
  wanting,
} from '../testing/wantedTraffic';
import { istioRouter } from './istioRouter';
import {
  HASH,
  rolloutWith,
  virtualService,
  byHost,
  bySubset,
  rule,
  HOST_STANZA,
  SUBSET_STANZA,
  world,
  subsetWorld,
  specOf,
  subsetsOf,
} from './testing/istioWorld';

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

  it('leaves a declared subset alone that looks like an experiment’s', () => {
    const declared = { name: 'legacy', labels: { [HASH]: 'old' } };
    const at = world(
      {
        virtualService: { name: 'colors' },
        destinationRule: {
          name: 'colors',
          canarySubsetName: 'canary',
          stableSubsetName: 'stable',
          additionalSubsetNames: ['legacy'],
        },
      },
      virtualService({ http: [{ route: bySubset }] }),
      rule,
    );
    const object = at.get(RESOURCES.destinationRules, 'colors');
    const subsets = [...subsetsOf(at).slice(0, 2), declared];
    at.put(
      RESOURCES.destinationRules,
      withField(object, ['spec', 'subsets'], subsets),
    );

    at.route(wanting(20));

    expect(subsetsOf(at)).toContainEqual(declared);
  });
});

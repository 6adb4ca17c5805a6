import { systemClock } from '../../../api/clock';
import { DataPlane, startDataPlane } from '../../startDataPlane';
import { ask } from '../../testing/askGateway';
import {
  createMemorySource,
  Draft,
  pod,
  service,
} from '../../testing/memorySource';

const hash = (value: string) => ({
  app: 'colors',
  'rollouts-pod-template-hash': value,
});

const base = [
  pod('blue-1', 'blue', hash('aaa')),
  pod('green-1', 'green', hash('bbb')),
  service('colors', { app: 'colors' }),
  service('stable', hash('aaa')),
  service('canary', hash('bbb')),
];

const ingress = (
  name: string,
  backend: object,
  annotations: Record<string, string> = {},
): Draft => ({
  kind: 'Ingress',
  metadata: { name, annotations },
  spec: {
    rules: [
      {
        host: 'colors.example.com',
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: backend } },
          ],
        },
      },
    ],
  },
});

const nginx = (
  annotations: Record<string, string>,
  prefix = 'nginx.ingress.kubernetes.io',
) => [
  ingress('colors', { name: 'stable' }),
  ingress(
    'colors-canary',
    { name: 'canary' },
    Object.fromEntries(
      Object.entries({ canary: 'true', ...annotations }).map(([key, value]) => [
        `${prefix}/${key}`,
        value,
      ]),
    ),
  ),
];

const backends = (...rules: object[]): Draft => ({
  kind: 'HTTPRoute',
  metadata: { name: 'colors' },
  spec: { hostnames: ['colors.example.com'], rules },
});

const both = (stable: number, canary: number) => [
  { name: 'stable', weight: stable },
  { name: 'canary', weight: canary },
];

describe('the gateway obeys', () => {
  let plane: DataPlane;

  async function start(drafts: Draft[]): Promise<void> {
    plane = await startDataPlane({
      source: createMemorySource(...base, ...drafts),
      clock: systemClock,
      log: () => {},
      load: false,
    });
  }

  afterEach(() => plane.stop());

  /** How many of so many requests the canary answered. */
  async function greenOf(
    count: number,
    headers: Record<string, string> = {},
    path = '/demo/colors/',
  ): Promise<number> {
    const answers = await Promise.all(
      Array.from({ length: count }, () => ask(plane.gatewayUrl, path, headers)),
    );
    return answers.filter(({ body }) => body.color === 'green').length;
  }

  it.each<[string, Draft[], number]>([
    ['canary-weight', nginx({ 'canary-weight': '20' }), 8],
    [
      'canary-weight-total',
      nginx({ 'canary-weight': '20', 'canary-weight-total': '200' }),
      4,
    ],
    [
      'a prefix of the operator’s',
      nginx({ 'canary-weight': '50' }, 'custom.example.com'),
      20,
    ],
    [
      'an ALB action',
      [
        ingress(
          'colors',
          { name: 'root', port: { name: 'use-annotation' } },
          {
            'alb.ingress.kubernetes.io/actions.root': JSON.stringify({
              Type: 'forward',
              ForwardConfig: {
                TargetGroups: [
                  { ServiceName: 'canary', ServicePort: '80', Weight: 30 },
                  { ServiceName: 'stable', ServicePort: '80', Weight: 70 },
                ],
              },
            }),
          },
        ),
      ],
      12,
    ],
    [
      'HAProxy’s blue-green-balance',
      [
        ingress(
          'colors',
          { name: 'colors' },
          {
            'haproxy-ingress.github.io/blue-green-balance':
              'rollouts-pod-template-hash=aaa=75,rollouts-pod-template-hash=bbb=25',
          },
        ),
      ],
      10,
    ],
    [
      'a TrafficSplit',
      [
        {
          kind: 'TrafficSplit',
          metadata: { name: 'split' },
          spec: {
            service: 'colors',
            backends: [
              { service: 'stable', weight: 90 },
              { service: 'canary', weight: 10 },
            ],
          },
        },
      ],
      4,
    ],
    [
      'a TrafficSplit behind an Ingress',
      [
        ingress('colors', { name: 'root' }),
        {
          kind: 'TrafficSplit',
          metadata: { name: 'split' },
          spec: {
            service: 'root',
            backends: [
              { service: 'stable', weight: '500m' },
              { service: 'canary', weight: '500m' },
            ],
          },
        },
      ],
      20,
    ],
    ['an HTTPRoute', [backends({ backendRefs: both(60, 40) })], 16],
    [
      'a TraefikService',
      [
        {
          kind: 'TraefikService',
          metadata: { name: 'colors' },
          spec: { weighted: { services: both(70, 30) } },
        },
      ],
      12,
    ],
    [
      'Mappings',
      [
        {
          kind: 'Mapping',
          metadata: { name: 'colors' },
          spec: { prefix: '/', service: 'stable:80' },
        },
        {
          kind: 'Mapping',
          metadata: { name: 'colors-canary' },
          spec: { prefix: '/', service: 'http://canary:80', weight: 20 },
        },
      ],
      8,
    ],
    [
      'an ApisixRoute',
      [
        {
          kind: 'ApisixRoute',
          metadata: { name: 'colors' },
          spec: {
            http: [
              {
                name: 'rule',
                match: { paths: ['/*'] },
                backends: [
                  { serviceName: 'stable', servicePort: 80, weight: 80 },
                  { serviceName: 'canary', servicePort: 80, weight: 20 },
                ],
              },
            ],
          },
        },
      ],
      8,
    ],
    [
      'a VirtualRouter',
      [
        {
          kind: 'VirtualRouter',
          metadata: { name: 'colors' },
          spec: {
            routes: [
              {
                name: 'primary',
                httpRoute: {
                  match: { prefix: '/' },
                  action: {
                    weightedTargets: [
                      { virtualNodeRef: { name: 'old' }, weight: 75 },
                      { virtualNodeRef: { name: 'new' }, weight: 25 },
                    ],
                  },
                },
              },
            ],
          },
        },
        ...(['old', 'new'] as const).map(name => ({
          kind: 'VirtualNode',
          metadata: { name },
          spec: {
            podSelector: { matchLabels: hash(name === 'old' ? 'aaa' : 'bbb') },
            serviceDiscovery: { dns: { hostname: 'colors.demo' } },
          },
        })),
      ],
      10,
    ],
  ])('the weights of %s', async (_, drafts, green) => {
    await start(drafts);

    expect(await greenOf(40)).toBe(green);
  });

  it.each<[string, Draft[], Record<string, string>, number]>([
    [
      'canary-by-header: always',
      nginx({ 'canary-by-header': 'X-Canary', 'canary-weight': '0' }),
      { 'x-canary': 'always' },
      10,
    ],
    [
      'canary-by-header: never',
      nginx({ 'canary-by-header': 'X-Canary', 'canary-weight': '100' }),
      { 'x-canary': 'never' },
      0,
    ],
    [
      'canary-by-header-value',
      nginx({ 'canary-by-header': 'X-Who', 'canary-by-header-value': 'me' }),
      { 'x-who': 'me' },
      10,
    ],
    [
      'canary-by-header-value: another one',
      nginx({ 'canary-by-header': 'X-Who', 'canary-by-header-value': 'me' }),
      { 'x-who': 'always' },
      0,
    ],
    [
      'canary-by-header-pattern',
      nginx({
        'canary-by-header': 'X-Who',
        'canary-by-header-pattern': '^m[a-z]$',
      }),
      { 'x-who': 'me' },
      10,
    ],
    [
      'canary-by-cookie',
      nginx({ 'canary-by-cookie': 'try' }),
      { cookie: 'a=b; try=always; c=d' },
      10,
    ],
    [
      'a header of an HTTPRoute, before the weights',
      [
        backends(
          { backendRefs: both(100, 0) },
          {
            matches: [{ headers: [{ name: 'X-Who', value: 'me' }] }],
            backendRefs: [{ name: 'canary' }],
          },
        ),
      ],
      { 'x-who': 'me' },
      10,
    ],
  ])('%s', async (_, drafts, headers, green) => {
    await start(drafts);

    expect(await greenOf(10, headers)).toBe(green);
  });

  it('hosts and paths of an Ingress, by whole elements of the path', async () => {
    const drafts = nginx({ 'canary-weight': '100' });
    drafts[0]!.spec = {
      rules: [
        {
          host: 'colors.example.com',
          http: {
            paths: [
              {
                path: '/shop',
                pathType: 'Prefix',
                backend: { service: { name: 'stable' } },
              },
            ],
          },
        },
      ],
    };
    await start([drafts[0]!]);
    const status = async (path: string, host = 'colors.example.com') =>
      (await ask(plane.gatewayUrl, path, { host })).status;

    expect(await status('/shop/cart')).toBe(200);
    expect(await status('/shopping')).toBe(404);
    expect(await status('/shop', 'other.example.com')).toBe(404);
  });

  it('what is well formed beside what is not', async () => {
    await start([
      { kind: 'HTTPRoute', metadata: { name: 'broken' }, spec: { rules: 1 } },
      { ...backends({ backendRefs: both(0, 100) }) },
    ]);

    expect(await greenOf(10)).toBe(10);
  });

  it('RequestMirror of an HTTPRoute, for its share', async () => {
    await start([
      backends({
        backendRefs: [{ name: 'stable' }],
        filters: [
          {
            type: 'RequestMirror',
            requestMirror: { backendRef: { name: 'canary' }, percent: 25 },
          },
        ],
      }),
    ]);

    expect(await greenOf(40)).toBe(0);

    expect(await mirrored(10)).toBe(10);
  });

  /** Waits until the canary has counted so many copies. */
  async function mirrored(expected: number): Promise<number> {
    const line =
      /istio_requests_total{[^}]*"canary"[^}]*response_code="200"} (\d+)/;
    const deadline = Date.now() + 5000;
    for (;;) {
      const { body } = await ask(plane.prometheusUrl, '/metrics');
      const count = Number(line.exec(body)?.[1] ?? 0);
      if (count >= expected || Date.now() > deadline) return count;
      await new Promise(resolve => setImmediate(resolve));
    }
  }
});

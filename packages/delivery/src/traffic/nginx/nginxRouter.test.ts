import { RESOURCES } from '@progressive-delivery/kube';
import { withField } from '../objects/fields';
import { routed, routerExample } from '../testing/examples';
import { RoutingWorld } from '../testing/routingWorld';
import { wanting } from '../testing/wantedTraffic';
import { canaryIngressName } from './canaryIngressName';

const NAME = 'colors-colors-canary';
const PREFIX = 'nginx.ingress.kubernetes.io';

function worldWith(nginx: object, maxTrafficWeight?: number) {
  const example = routerExample('nginx');
  const { canary } = example.rollout.spec.strategy ?? {};
  if (canary) canary.trafficRouting = { nginx, maxTrafficWeight };
  return RoutingWorld.of(example);
}

describe('nginxRouter', () => {
  it('makes an Ingress for the canary, of the rules that lead to stable', () => {
    const at = worldWith({ stableIngress: 'colors' });

    at.route(wanting(20));

    expect(at.get(RESOURCES.ingresses, NAME)).toMatchObject({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        namespace: 'demo',
        ownerReferences: [
          { kind: 'Rollout', name: 'colors', controller: true },
        ],
        annotations: {
          'kubernetes.io/ingress.class': 'nginx',
          [`${PREFIX}/canary`]: 'true',
          [`${PREFIX}/canary-weight`]: '20',
        },
      },
      spec: {
        rules: [
          {
            host: 'colors.local',
            http: {
              paths: [
                { path: '/', backend: { service: { name: 'colors-canary' } } },
                {
                  path: '/docs',
                  backend: { service: { name: 'colors-docs' } },
                },
              ],
            },
          },
        ],
        tls: [{ hosts: ['colors.local'], secretName: 'tls' }],
      },
    });
  });

  it('changes nothing but the weight of the one that is there', () => {
    const at = worldWith({ stableIngress: 'colors' });
    at.route(wanting(20));

    expect(at.route(wanting(40))).toMatchObject([
      {
        name: NAME,
        patch: [
          {
            path: `/metadata/annotations/${PREFIX}~1canary-weight`,
            value: '40',
          },
        ],
      },
    ]);
  });

  it('follows several Ingresses', () => {
    const at = worldWith({ stableIngresses: ['colors', 'internal'] });
    const { spec } = at.get(RESOURCES.ingresses);
    at.put(...routed(RESOURCES.ingresses, { spec }, 'internal'));

    at.route(wanting(20));

    expect(at.writes).toMatchObject([
      { object: { metadata: { name: NAME } } },
      { object: { metadata: { name: 'colors-internal-canary' } } },
    ]);
  });

  it('writes the annotations that are asked for, the full ones last', () => {
    const at = worldWith(
      {
        stableIngress: 'colors',
        annotationPrefix: 'custom.io',
        additionalIngressAnnotations: {
          'canary-by-header': 'X-Canary',
          'custom.io/affinity': 'cookie',
        },
        canaryIngressAnnotations: {
          'custom.io/affinity': 'none',
          'my.io/key': 'value',
        },
      },
      1000,
    );

    at.route(wanting(250, { max: 1000 }));

    expect(at.get(RESOURCES.ingresses, NAME).metadata.annotations).toEqual({
      'kubernetes.io/ingress.class': 'nginx',
      'custom.io/canary-by-header': 'X-Canary',
      'custom.io/affinity': 'none',
      'my.io/key': 'value',
      'custom.io/canary': 'true',
      'custom.io/canary-weight': '250',
      'custom.io/canary-weight-total': '1000',
    });
  });

  it('cuts a name that is too long, before its suffix', () => {
    const name = canaryIngressName('r'.repeat(200), 'i'.repeat(200));

    expect(name).toHaveLength(253);
    expect(name).toMatch(/^r{200}-i+-canary$/);
  });

  it('does not touch an Ingress of somebody else', () => {
    const at = worldWith({ stableIngress: 'colors' });
    at.put(...routed(RESOURCES.ingresses, {}, NAME));

    expect(at.problems).toEqual([
      `spec.strategy.canary.trafficRouting.nginx.stableIngress: canary ingress \`${NAME}\` controlled by different object: remove it, or rename one of the two`,
    ]);
  });

  it.each([
    [
      {},
      'nginx: either stableIngress or stableIngresses must be configured; neither is: name what routes to the stable service',
    ],
    [
      { stableIngress: 'colors', stableIngresses: ['colors'] },
      'nginx: either stableIngress or stableIngresses must be configured; both are: keep one of them',
    ],
    [
      { stableIngresses: ['nowhere'] },
      'nginx.stableIngresses[0]: Ingress "nowhere" not found in namespace "demo"; create it, or correct the name',
    ],
  ])('finds %j wrong', (nginx, problem) => {
    expect(worldWith(nginx).problems).toContain(
      `spec.strategy.canary.trafficRouting.${problem}`,
    );
  });

  it('wants a rule that leads to the stable service', () => {
    const at = worldWith({ stableIngress: 'colors' });
    at.put(...routed(RESOURCES.ingresses, { spec: { rules: [] } }));

    expect(at.problems).toEqual([
      'spec.strategy.canary.trafficRouting.nginx.stableIngress: ingress `colors` has no rules using service colors-stable backend',
    ]);
  });

  it('keeps what others have put on the canary’s Ingress', () => {
    const at = worldWith({ stableIngress: 'colors' });
    at.route(wanting(20));
    const made = at.get(RESOURCES.ingresses, NAME);
    const annotated = withField(
      withField(made, ['metadata', 'annotations', 'example.com/team'], 'a'),
      ['spec', 'ingressClassName'],
      'by-default',
    );
    at.put(RESOURCES.ingresses, annotated);

    at.route(wanting(40));

    expect(at.get(RESOURCES.ingresses, NAME)).toMatchObject({
      metadata: {
        annotations: {
          'example.com/team': 'a',
          [`${PREFIX}/canary-weight`]: '40',
        },
      },
      spec: { ingressClassName: 'by-default' },
    });
  });
});

import type { AlbTrafficRouting } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube';
import { routed, routerExample } from '../testing/examples';
import { RoutingWorld } from '../testing/routingWorld';
import { HEADER_ROUTE, SIDES, wanting } from '../testing/wantedTraffic';

const PREFIX = 'alb.ingress.kubernetes.io';
const MANAGED = 'rollouts.argoproj.io/managed-alb-annotations';

function worldWith(alb: AlbTrafficRouting = {}) {
  const example = routerExample('ALB');
  const { canary } = example.rollout.spec.strategy ?? {};
  if (canary?.trafficRouting) {
    canary.trafficRouting.alb = { ...canary.trafficRouting.alb, ...alb };
  }
  return RoutingWorld.of(example);
}
const annotationsOf = (at: RoutingWorld) =>
  at.get(RESOURCES.ingresses).metadata.annotations ?? {};
const service = (ServiceName: string, Weight: number) =>
  `{"ServiceName":"${ServiceName}","ServicePort":"80","Weight":${Weight}}`;

describe('albRouter', () => {
  it('writes the action of the root service, as the reference writes it', () => {
    const at = worldWith();

    at.route(
      wanting(10, {
        additional: [{ service: 'exp', podTemplateHash: 'e', weight: 5 }],
      }),
    );

    expect(annotationsOf(at)).toEqual({
      [`${PREFIX}/actions.colors-root`]: `{"Type":"forward","ForwardConfig":{"TargetGroups":[${service('colors-canary', 10)},${service('exp', 5)},${service('colors-stable', 85)}]}}`,
      [MANAGED]: `{"colors":["${PREFIX}/actions.colors-root"]}`,
    });
    expect(at.observe(SIDES).weight).toBe(10);
  });

  it('keeps the managed annotations of other rollouts', () => {
    const at = worldWith();
    at.put(
      ...routed(RESOURCES.ingresses, {
        spec: at.get(RESOURCES.ingresses).spec,
        annotations: { [MANAGED]: '{"zebra":["z"],"apple":["a"]}' },
      }),
    );

    at.route(wanting(10));

    expect(annotationsOf(at)[MANAGED]).toBe(
      `{"apple":["a"],"colors":["${PREFIX}/actions.colors-root"],"zebra":["z"]}`,
    );
  });

  it('writes stickiness and another prefix', () => {
    const at = worldWith({
      annotationPrefix: 'custom.io',
      stickinessConfig: { enabled: true, durationSeconds: 3600 },
    });

    at.route(wanting(10));

    expect(annotationsOf(at)['custom.io/actions.colors-root']).toContain(
      '"TargetGroupStickinessConfig":{"Enabled":true,"DurationSeconds":3600}',
    );
  });

  it('puts a header route before the other paths, and takes it away', () => {
    const at = worldWith();
    const before = at.get(RESOURCES.ingresses).spec;

    at.route(wanting(10, { managedRoutes: [HEADER_ROUTE] }));

    expect(at.get(RESOURCES.ingresses).spec).toMatchObject({
      rules: [
        {
          http: {
            paths: [
              {
                path: '/*',
                pathType: 'ImplementationSpecific',
                backend: {
                  service: {
                    name: 'set-header',
                    port: { name: 'use-annotation' },
                  },
                },
              },
              { backend: { service: { name: 'colors-root' } } },
            ],
          },
        },
      ],
    });
    expect(annotationsOf(at)).toMatchObject({
      [`${PREFIX}/conditions.set-header`]:
        '[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X-Canary","values":["yes"]}},{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X-Group","values":["beta"]}}]',
      [`${PREFIX}/actions.set-header`]: `{"Type":"forward","ForwardConfig":{"TargetGroups":[${service('colors-canary', 100)}]}}`,
      [MANAGED]: `{"colors":["${PREFIX}/actions.colors-root","${PREFIX}/actions.set-header","${PREFIX}/conditions.set-header"]}`,
    });
    at.route(wanting(10));
    expect(at.get(RESOURCES.ingresses).spec).toEqual(before);
    expect(annotationsOf(at)).not.toHaveProperty([
      `${PREFIX}/conditions.set-header`,
    ]);
  });

  it('follows the services that take turns with ping-pong', () => {
    const at = worldWith();

    at.route(wanting(10, { canaryService: 'pong', stableService: 'ping' }));

    expect(annotationsOf(at)[`${PREFIX}/actions.colors-root`]).toContain(
      `[${service('pong', 10)},${service('ping', 90)}]`,
    );
  });

  it('finds too long a stickiness, and matches that are not exact, wrong', () => {
    const example = routerExample('ALB');
    const { canary } = example.rollout.spec.strategy ?? {};
    if (canary?.trafficRouting?.alb) {
      canary.trafficRouting.alb.stickinessConfig = {
        enabled: true,
        durationSeconds: 0,
      };
      canary.steps = [
        {
          setHeaderRoute: {
            name: 'set-header',
            match: [{ headerName: 'X', headerValue: { prefix: 'a' } }],
          },
        },
      ];
    }

    expect(RoutingWorld.of(example).problems).toEqual([
      'spec.strategy.canary.trafficRouting.alb.stickinessConfig.durationSeconds: must be between 1 and 604800 seconds (7 days)',
      "spec.strategy.canary.steps[0].setHeaderRoute.match[0].headerValue: SetHeaderRoute match value invalid. ALB supports 'exact' value only",
    ]);
  });
});

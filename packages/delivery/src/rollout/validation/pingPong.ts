import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Problem } from './problem';

const CANARY = 'spec.strategy.canary';

/** Two services that take turns: both named, different, and a router that can. */
export function validatePingPong(rollout: Rollout): Problem[] {
  const { pingPong, trafficRouting } = rollout.spec.strategy?.canary ?? {};
  if (!pingPong) return [];
  const invalid = (field: string, value: unknown, detail: string): Problem => ({
    field: `${CANARY}.${field}`,
    kind: 'Invalid value',
    value: value ?? '',
    detail,
  });
  const { pingService, pongService } = pingPong;
  const missing = Object.entries({ pingService, pongService })
    .filter(([, name]) => !name)
    .map(([field, name]) =>
      invalid(
        `pingPong.${field}`,
        name,
        'Ping service and Pong service must to be set to use Ping-Pong feature',
      ),
    );
  const { alb, istio } = trafficRouting ?? {};
  return [
    ...missing,
    ...(!missing.length && pingService === pongService
      ? [
          invalid(
            'pingPong.pingService',
            pingService,
            'This rollout uses the same service for the ping and pong services, but two different services are required.',
          ),
        ]
      : []),
    ...(trafficRouting && !alb && !istio
      ? [
          invalid(
            'pingPong',
            pingService,
            'Ping-pong feature works with the ALB and Istio traffic routers only',
          ),
        ]
      : []),
    ...(alb && !alb.rootService
      ? [
          invalid(
            'trafficRouting.alb.rootService',
            alb.rootService,
            'Root service field is required for the configuration with ALB and ping-pong feature enabled',
          ),
        ]
      : []),
  ];
}

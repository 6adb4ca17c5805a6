import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** The services of a canary by what they lead to; `''` when none is named. */
export interface CanaryServices {
  canaryService: string;
  stableService: string;
}

/**
 * Which service leads to whom. With ping-pong the two take turns, so that none
 * has to be switched when the canary becomes stable: `stablePingPong` says
 * which is stable's, and before there is a stable revision it is neither, so
 * that the first one arrives by ping. Source: docs, features/traffic-management/alb,
 * "Zero-Downtime Updates with Ping-Pong feature".
 */
export function servicesOfCanary({ spec, status }: Rollout): CanaryServices {
  const { pingPong, canaryService, stableService } =
    spec.strategy?.canary ?? {};
  if (!pingPong) {
    return {
      canaryService: canaryService ?? '',
      stableService: stableService ?? '',
    };
  }
  const { pingService, pongService } = pingPong;
  return status?.canary?.stablePingPong === 'ping'
    ? { stableService: pingService, canaryService: pongService }
    : { stableService: pongService, canaryService: pingService };
}

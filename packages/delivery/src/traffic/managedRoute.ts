import type { CanaryStep } from '@progressive-delivery/backstage-plugin-rollouts-common';

type HeaderMatches = NonNullable<
  NonNullable<CanaryStep['setHeaderRoute']>['match']
>;
type MirrorMatches = NonNullable<
  NonNullable<CanaryStep['setMirrorRoute']>['match']
>;

/** Requests with these headers go to the canary. */
export interface HeaderRoute {
  kind: 'header';
  name: string;
  /** How several are combined is the router's way: Istio takes any of them, others want all. */
  match: HeaderMatches;
}

/** A share of the matching requests is copied to the canary as well. */
export interface MirrorRoute {
  kind: 'mirror';
  name: string;
  match: MirrorMatches;
  /** 0 to 100 */
  percentage: number;
}

/** A route that steps set and that goes at the end of the rollout. */
export type ManagedRoute = HeaderRoute | MirrorRoute;

const MIRROR_PERCENTAGE = 100;

/**
 * The managed routes in force at a step: those set at or before it and not
 * taken away since, in the order that `managedRoutes` gives, which is the
 * order in which they are tried. Source: docs, traffic-management,
 * "Traffic routing with managed routes and route precedence".
 *
 * @param index - of the current step; after the last one none is in force
 */
export function managedRoutesAt(
  steps: CanaryStep[],
  index: number,
  order: { name: string }[],
): ManagedRoute[] {
  if (index >= steps.length) return [];
  const routes = new Map<string, ManagedRoute>();
  for (const { setHeaderRoute, setMirrorRoute } of steps.slice(0, index + 1)) {
    if (setHeaderRoute) {
      const { name, match } = setHeaderRoute;
      if (match?.length) routes.set(name, { kind: 'header', name, match });
      else routes.delete(name);
    }
    if (setMirrorRoute) {
      const { name, match, percentage } = setMirrorRoute;
      if (match?.length) {
        routes.set(name, {
          kind: 'mirror',
          name,
          match,
          percentage: percentage ?? MIRROR_PERCENTAGE,
        });
      } else {
        routes.delete(name);
      }
    }
  }
  return order.flatMap(({ name }) => routes.get(name) ?? []);
}

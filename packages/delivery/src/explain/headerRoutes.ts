import type {
  CanaryStep,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

type HeaderMatch = NonNullable<
  NonNullable<CanaryStep['setHeaderRoute']>['match']
>[number];

/**
 * The requests that header routes send to the new version, whatever its
 * weight: "x-debug: true". Of the steps before `index`; a route without a
 * match takes the one of its name away (spec.strategy.canary.steps[]
 * .setHeaderRoute).
 */
export function headerRoutes(rollout: Rollout, index: number): string[] {
  const canary = rollout.spec.strategy?.canary;
  if (!canary?.trafficRouting) {
    return [];
  }
  const routes = new Map<string, string>();
  for (const { setHeaderRoute } of (canary.steps ?? []).slice(0, index)) {
    if (setHeaderRoute?.match?.length) {
      routes.set(
        setHeaderRoute.name,
        setHeaderRoute.match.map(matchText).join(' and '),
      );
    } else if (setHeaderRoute) {
      routes.delete(setHeaderRoute.name);
    }
  }
  return [...routes.values()];
}

function matchText({ headerName, headerValue }: HeaderMatch): string {
  const { exact, prefix, regex } = headerValue;
  if (exact !== undefined) {
    return `${headerName}: ${exact}`;
  }
  if (prefix !== undefined) {
    return `${headerName}: ${prefix}…`;
  }
  return regex === undefined ? headerName : `${headerName} like ${regex}`;
}

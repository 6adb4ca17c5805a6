import type {
  IstioVirtualServiceRef,
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { NamedReference } from '../../traffic/objects/routedObject';
import { servicesOfCanary } from '../../traffic/servicesOfCanary';

function istioOf({ spec }: Rollout) {
  return spec.strategy?.canary?.trafficRouting?.istio;
}

function destinations(rollout: Rollout) {
  const { canaryService, stableService } = servicesOfCanary(rollout);
  const rule = istioOf(rollout)?.destinationRule;
  const to = (service: string, subset: string | undefined) => ({
    destination: subset
      ? { host: rollout.metadata.name, subset }
      : { host: service },
  });
  return [
    { ...to(stableService, rule?.stableSubsetName), weight: 100 },
    { ...to(canaryService, rule?.canarySubsetName), weight: 0 },
  ];
}

function referenceTo(
  rollout: Rollout,
  name: string,
): IstioVirtualServiceRef | undefined {
  const { virtualService, virtualServices = [] } = istioOf(rollout) ?? {};
  return [...(virtualService ? [virtualService] : []), ...virtualServices].find(
    each => each.name.split('.')[0] === name,
  );
}

function assumedVirtualService(rollout: Rollout, name: string) {
  const {
    routes = [],
    tlsRoutes,
    tcpRoutes,
  } = referenceTo(rollout, name) ?? {
    name,
  };
  const route = destinations(rollout);
  const isHttp = routes.length || !(tlsRoutes?.length || tcpRoutes?.length);
  const names = routes.length ? routes : [undefined];
  return {
    spec: {
      hosts: [rollout.metadata.name],
      ...(isHttp
        ? {
            http: names.map(each => ({
              ...(each === undefined ? {} : { name: each }),
              route,
            })),
          }
        : {}),
      ...(tlsRoutes?.length
        ? { tls: tlsRoutes.map(match => ({ match: [match], route })) }
        : {}),
      ...(tcpRoutes?.length
        ? { tcp: tcpRoutes.map(match => ({ match: [match], route })) }
        : {}),
    },
  };
}

function assumedDestinationRule(rollout: Rollout) {
  const { canarySubsetName, stableSubsetName } =
    istioOf(rollout)?.destinationRule ?? {};
  const { matchLabels = {} } = rollout.spec.selector ?? {};
  return {
    spec: {
      host: rollout.metadata.name,
      subsets: [canarySubsetName, stableSubsetName].map(name => ({
        name,
        labels: matchLabels,
      })),
    },
  };
}

const MAKE: Record<string, (rollout: Rollout, name: string) => object> = {
  virtualservices: assumedVirtualService,
  destinationrules: assumedDestinationRule,
};

/**
 * A routing object that nobody gave, with all traffic on stable; `undefined`
 * when one of its kind cannot be made up.
 */
export function assumedRoute(
  rollout: Rollout,
  { resource, namespace, name }: NamedReference,
): KubeObject | undefined {
  const { group, version, kind, plural } = resource;
  const make = Object.hasOwn(MAKE, plural) ? MAKE[plural] : undefined;
  return (
    make && {
      apiVersion: group ? `${group}/${version}` : version,
      kind,
      metadata: { name, namespace },
      ...make(rollout, name),
    }
  );
}

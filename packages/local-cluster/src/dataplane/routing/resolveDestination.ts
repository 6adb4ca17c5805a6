import { StoredObject } from '../../api/clusterApi';
import { matchesSelector } from '../../selectors/objectSelector';
import { ClusterView } from '../view/clusterView';
import { endpointsOf } from '../view/serviceEndpoints';
import { serviceNameOf } from './hostName';
import { Destination } from './httpRoute';

/** A service, or a subset of it, and the pods that may answer for it now. */
export interface ResolvedDestination {
  namespace: string;
  service: string;
  pods: StoredObject[];
}

/** Kept until the view changes: many requests come between two changes. */
export interface DestinationResolver {
  resolve(namespace: string, destination: Destination): ResolvedDestination;
}

export function createDestinationResolver(
  view: ClusterView,
): DestinationResolver {
  let version = -1;
  let known = new Map<string, ResolvedDestination>();
  return {
    resolve(namespace, destination) {
      if (view.version !== version) {
        version = view.version;
        known = new Map();
      }
      const key = `${namespace}/${destination.host}/${destination.subset ?? ''}/${JSON.stringify(destination.labels ?? {})}`;
      const resolved =
        known.get(key) ?? resolveDestination(view, namespace, destination);
      known.set(key, resolved);
      return resolved;
    },
  };
}

function resolveDestination(
  view: ClusterView,
  namespace: string,
  { host, subset, labels }: Destination,
): ResolvedDestination {
  const name = serviceNameOf(host, namespace) ?? { namespace, name: host };
  const service = view.services.get(`${name.namespace}/${name.name}`);
  const pods = (service ? endpointsOf(view, service) : []).filter(
    pod =>
      !labels || matchesSelector({ matchLabels: labels }, pod.metadata.labels),
  );
  return {
    namespace: name.namespace,
    service: name.name,
    pods:
      subset === undefined
        ? pods
        : podsOfSubset(view, namespace, name, subset, pods),
  };
}

/** Those with the labels that a DestinationRule gives the subset; none if nobody defines it. */
function podsOfSubset(
  view: ClusterView,
  namespace: string,
  service: { namespace: string; name: string },
  subset: string,
  pods: StoredObject[],
): StoredObject[] {
  for (const rule of view.routing.destinationRules.values()) {
    const own = rule.metadata.namespace ?? namespace;
    const host = serviceNameOf(rule.spec?.host ?? '', own);
    if (host?.name !== service.name || host.namespace !== service.namespace) {
      continue;
    }
    const subsets = (rule.spec.subsets ?? []) as {
      name: string;
      labels?: Record<string, string>;
    }[];
    const found = subsets.find(candidate => candidate.name === subset);
    if (!found) continue;
    return pods.filter(pod =>
      matchesSelector({ matchLabels: found.labels }, pod.metadata.labels),
    );
  }
  return [];
}

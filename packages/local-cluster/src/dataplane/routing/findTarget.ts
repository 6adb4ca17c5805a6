import { StoredObject } from '../../api/clusterApi';
import { ClusterView } from '../view/clusterView';
import { hostMatches, serviceNameOf } from './hostName';
import { Route } from './route';

/** What requests can be addressed to. */
export interface Addressable {
  view: ClusterView;
  /** By `namespace/name`. */
  routes: ReadonlyMap<string, Route>;
}

/** What a request is addressed to, before any route is looked at. */
export interface Target {
  namespace: string;
  /** Of the route, or of the service where there is none. */
  name: string;
  route?: Route;
  service?: StoredObject;
  /** The path as the pods see it. */
  path: string;
  /** Undefined when the request was addressed by its path. */
  host?: string;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;

/** The host without its port, in lower case. */
export const bareHost = (host: string | undefined): string =>
  (host ?? '').toLowerCase().replace(/:\d+$/, '');

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/**
 * Finds what a request is for: by its Host header or, on a loopback host, by
 * the first two parts of its path, `/<namespace>/<name or host>/…`.
 */
export function findTarget(
  to: Addressable,
  hostHeader: string | undefined,
  path: string,
): Target | undefined {
  const host = bareHost(hostHeader);
  if (!isLoopback(host)) {
    return byHost(to, host, undefined, path);
  }
  const parts = /^\/([^/?]+)\/([^/?]+)(\/[^?]*)?(\?.*)?$/.exec(path);
  if (!parts) return undefined;
  const [, namespace, name] = parts;
  const rest = `${parts[3] ?? '/'}${parts[4] ?? ''}`;
  const route = to.routes.get(`${namespace}/${name}`);
  if (route) {
    return { namespace: namespace!, name: name!, route, path: rest };
  }
  return byHost(to, name!.toLowerCase(), namespace, rest);
}

function byHost(
  { view, routes }: Addressable,
  host: string,
  namespace: string | undefined,
  path: string,
): Target | undefined {
  const wanted = serviceNameOf(host, namespace ?? 'default');
  const found = [...routes.values()]
    .filter(route => namespace === undefined || route.namespace === namespace)
    .find(route =>
      route.hosts.some(pattern => {
        if (pattern !== '*' && hostMatches(pattern, host)) return true;
        const service = serviceNameOf(pattern, route.namespace);
        return (
          service !== undefined &&
          service.name === wanted?.name &&
          service.namespace === wanted.namespace
        );
      }),
    );
  if (found) {
    return {
      namespace: found.namespace,
      name: found.name,
      route: found,
      path,
      ...(namespace === undefined && { host }),
    };
  }
  if (!wanted) return undefined;
  const service = view.services.get(`${wanted.namespace}/${wanted.name}`);
  return service && { ...wanted, service, path };
}

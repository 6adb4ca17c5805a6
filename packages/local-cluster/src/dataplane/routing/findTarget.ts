import { StoredObject } from '../../api/clusterApi';
import { ClusterView } from '../view/clusterView';
import { hostMatches, serviceNameOf } from './hostName';

/** What a request is addressed to, before any route is looked at. */
export interface Target {
  namespace: string;
  /** Of the VirtualService, or of the service where there is none. */
  name: string;
  virtualService?: StoredObject;
  service?: StoredObject;
  /** The path as the pods see it. */
  path: string;
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
  view: ClusterView,
  hostHeader: string | undefined,
  path: string,
): Target | undefined {
  const host = bareHost(hostHeader);
  if (!isLoopback(host)) {
    return byHost(view, host, undefined, path);
  }
  const parts = /^\/([^/?]+)\/([^/?]+)(\/[^?]*)?(\?.*)?$/.exec(path);
  if (!parts) return undefined;
  const [, namespace, name] = parts;
  const rest = `${parts[3] ?? '/'}${parts[4] ?? ''}`;
  const virtualService = view.virtualServices.get(`${namespace}/${name}`);
  if (virtualService) {
    return { namespace: namespace!, name: name!, virtualService, path: rest };
  }
  return byHost(view, name!.toLowerCase(), namespace, rest);
}

function byHost(
  view: ClusterView,
  host: string,
  namespace: string | undefined,
  path: string,
): Target | undefined {
  const wanted = serviceNameOf(host, namespace ?? 'default');
  for (const virtualService of view.virtualServices.values()) {
    const own = virtualService.metadata.namespace ?? '';
    if (namespace !== undefined && own !== namespace) continue;
    const hosts = (virtualService.spec?.hosts ?? []) as string[];
    const found = hosts.some(pattern => {
      if (pattern !== '*' && hostMatches(pattern, host)) return true;
      const service = serviceNameOf(pattern, own);
      return (
        service !== undefined &&
        service.name === wanted?.name &&
        service.namespace === wanted.namespace
      );
    });
    if (found) {
      const { name } = virtualService.metadata;
      return { namespace: own, name, virtualService, path };
    }
  }
  if (!wanted) return undefined;
  const service = view.services.get(`${wanted.namespace}/${wanted.name}`);
  return service && { ...wanted, service, path };
}

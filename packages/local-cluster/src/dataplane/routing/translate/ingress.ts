import { StoredObject } from '../../../api/clusterApi';
import { RoutingObjects } from '../../view/clusterView';
import { HttpMatch, HttpRoute } from '../httpRoute';
import { Route, routeOf } from '../route';
import { albAction } from './albAction';
import { canaryRules, isCanary } from './nginxCanary';
import { prefixByElement } from '../pathPattern';
import { blueGreenBalance } from './haproxyBalance';

interface Path {
  path?: string;
  pathType?: string;
  backend: { service?: { name: string; port?: { name?: string } } };
}

interface Rule {
  host?: string;
  http?: { paths?: Path[] };
}

/**
 * Ingresses: hosts and paths, and the annotations by which ingress-nginx, the
 * AWS Load Balancer Controller and HAProxy Ingress split their traffic. A
 * canary ingress of ingress-nginx belongs to the route of its main ingress.
 * Not implemented: TLS, rewrites, default backends.
 */
export function ingressRoutes({ ingresses }: RoutingObjects): Route[] {
  const all = [...ingresses.values()];
  const canaries = all.filter(isCanary);
  return all
    .filter(ingress => !isCanary(ingress))
    .map(ingress => {
      const rules = (ingress.spec?.rules ?? []) as Rule[];
      const hosts = rules.map(({ host }) => host ?? '*');
      return routeOf(
        ingress,
        [...new Set(hosts)],
        rules.flatMap(rule => rulesOf(ingress, rule, canaries)),
      );
    });
}

function rulesOf(
  ingress: StoredObject,
  rule: Rule,
  canaries: StoredObject[],
): HttpRoute[] {
  return [...(rule.http?.paths ?? [])].sort(mostSpecificFirst).flatMap(path => {
    const name = path.backend.service?.name;
    if (!name) return [];
    const match = { ...hostMatch(rule), ...pathMatch(path) };
    if (path.backend.service?.port?.name === 'use-annotation') {
      return albAction(ingress, name, match);
    }
    const balanced = blueGreenBalance(ingress, name);
    if (balanced) return [{ match: [match], route: balanced }];
    const canary = canaryOf(ingress, rule, path, canaries);
    const main = { match: [match], route: [{ destination: { host: name } }] };
    return canary
      ? canaryRules(canary.ingress, canary.service, name, match)
      : [main];
  });
}

/** The canary ingress of the same host and path, and its service. */
function canaryOf(
  ingress: StoredObject,
  rule: Rule,
  path: Path,
  canaries: StoredObject[],
): { ingress: StoredObject; service: string } | undefined {
  for (const candidate of canaries) {
    if (candidate.metadata.namespace !== ingress.metadata.namespace) continue;
    for (const { host, http } of (candidate.spec?.rules ?? []) as Rule[]) {
      if (host !== rule.host) continue;
      const found = http?.paths?.find(
        other => (other.path ?? '/') === (path.path ?? '/'),
      );
      const service = found?.backend.service?.name;
      if (service) return { ingress: candidate, service };
    }
  }
  return undefined;
}

/** Of several hosts of one ingress, each has its own paths. */
function hostMatch({ host }: Rule): HttpMatch {
  return host ? { host } : {};
}

function pathMatch({ path = '/', pathType }: Path): HttpMatch {
  if (pathType === 'Exact') return { uri: { exact: path } };
  // The AWS Load Balancer Controller's own way to write a prefix.
  if (path.endsWith('*')) return { uri: { prefix: path.slice(0, -1) } };
  return { uri: prefixByElement(path) };
}

function mostSpecificFirst(left: Path, right: Path): number {
  const exact = (path: Path) => (path.pathType === 'Exact' ? 1 : 0);
  return (
    exact(right) - exact(left) ||
    (right.path ?? '/').length - (left.path ?? '/').length
  );
}

/** A service that a host name means. */
export interface ServiceName {
  namespace: string;
  name: string;
}

/**
 * Reads the name of a service as Kubernetes' DNS has it: `colors`,
 * `colors.demo`, `colors.demo.svc`, `colors.demo.svc.cluster.local`.
 * Undefined for any other host. A name without a namespace is of `namespace`.
 */
export function serviceNameOf(
  host: string,
  namespace: string,
): ServiceName | undefined {
  const [name, inNamespace, ...rest] = host.split('.');
  if (!name) return undefined;
  const tail = rest.join('.');
  if (tail !== '' && tail !== 'svc' && tail !== 'svc.cluster.local') {
    return undefined;
  }
  return { name, namespace: inNamespace ?? namespace };
}

/** Whether a route's host (`colors.demo.local`, `*.demo.local`, `*`) means the request's. */
export function hostMatches(pattern: string, host: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('*.')) return host.endsWith(pattern.slice(1));
  return pattern === host;
}

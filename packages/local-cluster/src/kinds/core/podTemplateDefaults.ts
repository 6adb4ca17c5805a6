/**
 * The defaults that the API server gives a pod spec, wherever one appears.
 *
 * Implemented: what controllers compare and `kubectl describe` shows. Not
 * implemented: probes of kinds other than http, defaults of volumes beyond
 * modes, resource requests from limits of extended resources.
 */
export function applyPodSpecDefaults(spec: Record<string, any>): void {
  spec.restartPolicy ??= 'Always';
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.schedulerName ??= 'default-scheduler';
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  for (const container of containersOf(spec)) applyContainerDefaults(container);
  for (const volume of list(spec.volumes)) {
    for (const source of ['configMap', 'secret', 'projected', 'downwardAPI']) {
      if (volume[source]) volume[source].defaultMode ??= 0o644;
    }
  }
}

function applyContainerDefaults(container: Record<string, any>): void {
  container.resources ??= {};
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  container.imagePullPolicy ??= isLatest(container.image)
    ? 'Always'
    : 'IfNotPresent';
  for (const port of list(container.ports)) port.protocol ??= 'TCP';
  for (const variable of list(container.env)) {
    if (variable.valueFrom?.fieldRef) {
      variable.valueFrom.fieldRef.apiVersion ??= 'v1';
    }
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[name];
    if (!probe) continue;
    probe.timeoutSeconds ??= 1;
    probe.periodSeconds ??= 10;
    probe.successThreshold ??= 1;
    probe.failureThreshold ??= 3;
    if (probe.httpGet) {
      probe.httpGet.scheme ??= 'HTTP';
      probe.httpGet.path ??= '/';
    }
  }
  const { limits } = container.resources;
  if (limits && typeof limits === 'object') {
    container.resources.requests = {
      ...limits,
      ...container.resources.requests,
    };
  }
}

function containersOf(spec: Record<string, any>): Record<string, any>[] {
  return [
    ...list(spec.initContainers),
    ...list(spec.containers),
    ...list(spec.ephemeralContainers),
  ];
}

/** The items of what should be a list of objects; the schema reports the rest. */
function list(value: unknown): Record<string, any>[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'object' && item !== null)
    : [];
}

function isLatest(image: unknown): boolean {
  if (typeof image !== 'string' || image.includes('@')) return false;
  const tag = image.slice(image.lastIndexOf('/') + 1).split(':')[1];
  return tag === undefined || tag === 'latest';
}

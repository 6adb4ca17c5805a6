import type { PodTemplateSpec } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canonicalQuantity } from './quantity';

type Json = Record<string, unknown>;

/**
 * What the API server fills in for a pod template (Kubernetes API reference,
 * PodSpec v1). ReplicaSets show these values, Rollouts do not, because their
 * CRD has no defaults for them: they are taken away on both sides.
 */
const POD_DEFAULTS: Json = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  enableServiceLinks: true,
};
const CONTAINER_DEFAULTS: Json = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};
const PROBE_DEFAULTS: Json = {
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
};
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
/** Of volumes that project files. */
const DEFAULT_MODE = 420;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const objects = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

function without(object: Json, defaults: Json): Json {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([key, value]) =>
        !(Object.hasOwn(defaults, key) && defaults[key] === value),
    ),
  );
}

/** Nulls, empty objects and empty lists mean the same as nothing. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length ? value.map(compact) : undefined;
  }
  if (!isObject(value)) {
    return value ?? undefined;
  }
  const entries = Object.entries(value)
    .map(([key, each]) => [key, compact(each)] as const)
    .filter(([, each]) => each !== undefined);
  return entries.length ? Object.fromEntries(entries) : undefined;
}

/** Source: Kubernetes documentation, "Default image pull policy". */
function defaultPullPolicy(image: unknown): string {
  const text = typeof image === 'string' ? image : '';
  if (text.includes('@')) return 'IfNotPresent';
  const tag = text.slice(text.lastIndexOf('/') + 1).split(':')[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function normalizeProbe(probe: unknown): unknown {
  if (!isObject(probe)) return probe;
  const result = without(probe, PROBE_DEFAULTS);
  if (isObject(result.httpGet)) {
    result.httpGet = without(result.httpGet, { scheme: 'HTTP', path: '/' });
  }
  if (isObject(result.grpc)) {
    result.grpc = without(result.grpc, { service: '' });
  }
  return result;
}

function normalizeResources(resources: unknown): unknown {
  if (!isObject(resources)) return resources;
  return Object.fromEntries(
    Object.entries(resources).map(([kind, amounts]) => [
      kind,
      isObject(amounts)
        ? Object.fromEntries(
            Object.entries(amounts).map(([name, amount]) => [
              name,
              canonicalQuantity(amount),
            ]),
          )
        : amounts,
    ]),
  );
}

function normalizeEnvironment(variable: Json): Json {
  const from = variable.valueFrom;
  if (!isObject(from)) return without(variable, { value: '' });
  if (!isObject(from.fieldRef)) return variable;
  return {
    ...variable,
    valueFrom: {
      ...from,
      fieldRef: without(from.fieldRef, { apiVersion: 'v1' }),
    },
  };
}

function normalizeContainer(container: Json): Json {
  const result = without(container, {
    ...CONTAINER_DEFAULTS,
    imagePullPolicy: defaultPullPolicy(container.image),
  });
  for (const probe of PROBES) {
    if (result[probe] !== undefined)
      result[probe] = normalizeProbe(result[probe]);
  }
  result.ports = objects(result.ports).map(port =>
    without(port, { protocol: 'TCP' }),
  );
  result.env = objects(result.env).map(normalizeEnvironment);
  result.resources = normalizeResources(result.resources);
  return result;
}

function normalizeVolume(volume: Json): Json {
  return Object.fromEntries(
    Object.entries(volume).map(([key, source]) => [
      key,
      isObject(source)
        ? without(source, { defaultMode: DEFAULT_MODE, type: '' })
        : source,
    ]),
  );
}

function normalizeSpec(spec: Json): Json {
  const result = without(spec, POD_DEFAULTS);
  // The API server copies serviceAccountName into its deprecated alias.
  if (result.serviceAccount === result.serviceAccountName) {
    delete result.serviceAccount;
  }
  for (const list of ['containers', 'initContainers']) {
    result[list] = objects(result[list]).map(normalizeContainer);
  }
  result.volumes = objects(result.volumes).map(normalizeVolume);
  return result;
}

/**
 * A pod template with everything taken away that does not distinguish it: the
 * revision's own label, defaults, and empty values.
 */
export function normalizeTemplate(template: PodTemplateSpec): unknown {
  const { [POD_TEMPLATE_HASH_LABEL]: _hash, ...labels } =
    template.metadata?.labels ?? {};
  return (
    compact({
      metadata: { labels, annotations: template.metadata?.annotations },
      spec: normalizeSpec(isObject(template.spec) ? template.spec : {}),
    }) ?? {}
  );
}

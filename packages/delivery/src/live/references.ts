import {
  MANAGED_BY_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
  type KubeObject,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Follows own properties of whatever somebody has put into a cluster. */
function read(object: unknown, ...path: string[]): unknown {
  let at = object;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (!Object.prototype.hasOwnProperty.call(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

const texts = (values: unknown[]): string[] =>
  values.filter(
    (value): value is string => typeof value === 'string' && !!value,
  );

/** Names of the services that a rollout's strategy refers to. Never throws. */
export function servicesOf(rollout: KubeObject): string[] {
  const canary = read(rollout, 'spec', 'strategy', 'canary');
  const blueGreen = read(rollout, 'spec', 'strategy', 'blueGreen');
  return [
    ...new Set(
      texts([
        read(canary, 'canaryService'),
        read(canary, 'stableService'),
        read(canary, 'pingPong', 'pingService'),
        read(canary, 'pingPong', 'pongService'),
        read(canary, 'trafficRouting', 'alb', 'rootService'),
        read(blueGreen, 'activeService'),
        read(blueGreen, 'previewService'),
      ]),
    ),
  ];
}

/** The rollout that a service is managed by, as `namespace/name`. Never throws. */
export function managerOf(service: KubeObject): string | undefined {
  const name = read(service, 'metadata', 'annotations', MANAGED_BY_ANNOTATION);
  return typeof name === 'string'
    ? `${service.metadata.namespace ?? ''}/${name}`
    : undefined;
}

/** The workload of `spec.workloadRef` as `kind/name`. Never throws. */
export function workloadOf(
  rollout: KubeObject,
): { kind: string; name: string } | undefined {
  const [kind, name] = [
    read(rollout, 'spec', 'workloadRef', 'kind'),
    read(rollout, 'spec', 'workloadRef', 'name'),
  ];
  return typeof kind === 'string' && typeof name === 'string'
    ? { kind, name }
    : undefined;
}

/**
 * The name of the rollout that an AnalysisRun was made for, by its own name:
 * `<rollout>-<pod hash>-…`. Never throws.
 */
export function rolloutNameOf(run: KubeObject): string | undefined {
  const hash = read(run, 'metadata', 'labels', POD_TEMPLATE_HASH_LABEL);
  if (typeof hash !== 'string' || !hash) return undefined;
  const end = run.metadata.name.indexOf(`-${hash}-`);
  return end > 0 ? run.metadata.name.slice(0, end) : undefined;
}

/** Whether a step of the rollout is an experiment. Never throws. */
export function hasExperiments(rollout: KubeObject): boolean {
  const steps = read(rollout, 'spec', 'strategy', 'canary', 'steps');
  return (
    Array.isArray(steps) &&
    steps.some(step => (read(step, 'experiment') ?? undefined) !== undefined)
  );
}

/** uid of the controller that owns the object. Never throws. */
export function ownerOf(object: KubeObject): string | undefined {
  const owners = read(object, 'metadata', 'ownerReferences');
  if (!Array.isArray(owners)) return undefined;
  const owner = owners.find(each => read(each, 'controller') === true);
  const uid = read(owner, 'uid');
  return typeof uid === 'string' ? uid : undefined;
}

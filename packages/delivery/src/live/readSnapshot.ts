import type {
  AnalysisTemplate,
  CanaryStrategy,
  KubeObject,
  Rollout,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Store } from '@progressive-delivery/kube';
import { needsPods } from '../rollout/revisions/needsPods';
import { routeKey, type RolloutSnapshot } from '../rollout/snapshot';
import { byName } from '../rollout/byName';
import { hasExperiments, servicesOf, workloadOf } from './references';
import { replicaSetsOf } from './replicaSetsOf';
import type { RouteMirrors } from './routes/routeMirrors';
import { takenNames } from './takenNames';
import type { ClusterStores } from './clusterStores';

function routesOf(rollout: Rollout, mirrors: RouteMirrors) {
  const routes: Record<string, KubeObject> = Object.create(null);
  for (const { resource, namespace, name } of mirrors.referencesOf(rollout)) {
    const objects =
      name === undefined
        ? mirrors.list(resource, namespace)
        : [mirrors.get(resource, namespace, name)];
    for (const object of objects) {
      if (!object) continue;
      routes[routeKey(resource, namespace, object.metadata.name)] = object;
    }
  }
  return routes;
}

function withStrategy(
  rollout: Rollout,
  strategy: Rollout['spec']['strategy'],
): Rollout {
  return { ...rollout, spec: { ...rollout.spec, strategy } };
}

function workloadStore(
  kind: string | undefined,
  { deployments, replicaSets, podTemplates }: ClusterStores,
): Pick<Store<KubeObject>, 'get'> | undefined {
  switch (kind) {
    case 'Deployment':
      return deployments;
    case 'ReplicaSet':
      return replicaSets;
    case 'PodTemplate':
      return podTemplates;
    default:
      return undefined;
  }
}

/** Which other rollouts name the services that this one names. */
function serviceUsers(
  { metadata, ...rollout }: Rollout,
  { rollouts }: Pick<ClusterStores, 'rollouts'>,
): Record<string, string[]> {
  const users: Record<string, string[]> = Object.create(null);
  for (const name of servicesOf({ metadata, ...rollout })) {
    users[name] = rollouts
      .byIndex('service', `${metadata.namespace ?? ''}/${name}`)
      .filter(each => each.metadata.uid !== metadata.uid)
      .map(each => each.metadata.name);
  }
  return users;
}

/** Everything that belongs to a rollout, out of the mirrors. */
export function readSnapshot(
  rollout: Rollout,
  stores: ClusterStores,
  mirrors: RouteMirrors,
  formerCanary?: CanaryStrategy,
): RolloutSnapshot {
  const { uid = '', namespace = '' } = rollout.metadata;
  const replicaSets = replicaSetsOf(rollout, stores);
  const services: Service[] = [
    ...servicesOf(rollout).flatMap(
      name => stores.services.get(namespace, name) ?? [],
    ),
    ...stores.services.byIndex(
      'manager',
      `${namespace}/${rollout.metadata.name}`,
    ),
  ];
  const templates = (store: Store<AnalysisTemplate>, of?: string) =>
    byName(store.list(of));
  const workload = workloadOf(rollout);
  const snapshot: RolloutSnapshot = {
    rollout,
    replicaSets,
    ...(needsPods(rollout, replicaSets) && {
      pods: replicaSets.flatMap(({ metadata }) =>
        stores.pods.byIndex('owner', metadata.uid ?? ''),
      ),
    }),
    services: byName(services),
    serviceUsers: serviceUsers(rollout, stores),
    analysisRuns: stores.analysisRuns.byIndex('owner', uid),
    takenRunNames: stores.analysisRuns
      .byIndex('rolloutName', `${namespace}/${rollout.metadata.name}`)
      .map(each => each.metadata.name),
    experiments: stores.experiments.byIndex('owner', uid),
    takenExperimentNames: hasExperiments(rollout)
      ? stores.experiments.list(namespace).map(each => each.metadata.name)
      : [],
    analysisTemplates: templates(stores.analysisTemplates, namespace),
    clusterAnalysisTemplates: templates(stores.clusterAnalysisTemplates),
    routes: {
      ...routesOf(rollout, mirrors),
      ...(formerCanary &&
        routesOf(withStrategy(rollout, { canary: formerCanary }), mirrors)),
    },
    ...(formerCanary ? { formerCanary } : {}),
    servedKinds: mirrors.servedKinds,
    workload: workloadStore(workload?.kind, stores)?.get(
      namespace,
      workload?.name ?? '',
    ),
    disruptionBudgets: stores.podDisruptionBudgets.list(namespace),
  };
  return { ...snapshot, takenNames: takenNames(snapshot, stores.replicaSets) };
}

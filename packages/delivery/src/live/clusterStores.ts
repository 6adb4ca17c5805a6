import type {
  AnalysisRun,
  AnalysisTemplate,
  Experiment,
  KubeObject,
  Pod,
  ReplicaSet,
  Rollout,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { Store, type Clock } from '@progressive-delivery/kube';
import { isEphemeral } from '../rollout/metadata/ephemeralMetadata';
import { needsPods } from '../rollout/revisions/needsPods';
import { kindKey, routeKey } from '../rollout/snapshot';
import {
  managerOf,
  ownerOf,
  rolloutNameOf,
  servicesOf,
  workloadOf,
} from './references';
import type { RouteMirrors } from './routes/routeMirrors';

/** Mirrors of the kinds that the controller looks at. */
export interface ClusterStores {
  /** Indexes: `uid`; `service` and `workload` by `namespace/name`; `route` by `routeKey`, without a name for all of a namespace; `routeKind` by `kindKey`; `pods`: those that ask for pods, all under `''`. */
  rollouts: Store<Rollout>;
  /** Indexes: `uid`; `owner` by uid; `orphan` by namespace; `pods`: those that ask for pods, all under `''`. */
  replicaSets: Store<ReplicaSet>;
  /** From the first rollout that `needsPods` to ten minutes after the last. Index: `owner` by uid. */
  pods: Store<Pod>;
  /** Indexes: `owner` by uid; `manager`, the rollout as `namespace/name`. */
  services: Store<Service>;
  /** Indexes: `uid`; `owner` by uid; `rolloutName` by `namespace/name`. */
  analysisRuns: Store<AnalysisRun>;
  analysisTemplates: Store<AnalysisTemplate>;
  clusterAnalysisTemplates: Store<AnalysisTemplate>;
  /** Indexes: `uid`; `owner` by uid. */
  experiments: Store<Experiment>;
  /** Index: `owner` by uid. */
  jobs: Store<KubeObject>;
  podDisruptionBudgets: Store<KubeObject>;
  deployments: Store<KubeObject>;
  podTemplates: Store<KubeObject>;
}

export type StoreName = keyof ClusterStores;

const owner = (object: KubeObject) => {
  const uid = ownerOf(object);
  return uid ? [uid] : [];
};
const uid = (object: KubeObject) =>
  object.metadata.uid ? [object.metadata.uid] : [];
const inNamespace = (object: KubeObject, names: string[]) =>
  names.map(name => `${object.metadata.namespace ?? ''}/${name}`);

/**
 * Empty mirrors with their indexes. None of these throws, whatever an object has.
 *
 * @param routesOf - the objects that a rollout's routers read and write
 */
export function createStores(
  clock: Clock,
  onError: (error: unknown) => void,
  routesOf: RouteMirrors['referencesOf'],
) {
  const store = <T extends KubeObject>(
    indexes: Record<string, (object: T) => readonly string[]> = {},
  ) => new Store<T>({ clock, indexes, onSubscriberError: onError });
  const stores: ClusterStores = {
    rollouts: store<Rollout>({
      uid,
      service: rollout => inNamespace(rollout, servicesOf(rollout)),
      route: rollout =>
        routesOf(rollout).map(({ resource, namespace, name = '' }) =>
          routeKey(resource, namespace, name),
        ),
      routeKind: rollout =>
        routesOf(rollout).map(({ resource }) => kindKey(resource)),
      workload: rollout => {
        const workload = workloadOf(rollout);
        return workload ? inNamespace(rollout, [workload.name]) : [];
      },
      pods: rollout => (needsPods(rollout, []) ? [''] : []),
    }),
    replicaSets: store<ReplicaSet>({
      uid,
      owner,
      orphan: replicaSet =>
        ownerOf(replicaSet) ? [] : [replicaSet.metadata.namespace ?? ''],
      pods: replicaSet => (isEphemeral(replicaSet) ? [''] : []),
    }),
    pods: store<Pod>({ owner }),
    services: store<Service>({
      owner,
      manager: service => {
        const manager = managerOf(service);
        return manager ? [manager] : [];
      },
    }),
    analysisRuns: store<AnalysisRun>({
      uid,
      owner,
      rolloutName: run => {
        const rollout = rolloutNameOf(run);
        return rollout === undefined ? [] : inNamespace(run, [rollout]);
      },
    }),
    analysisTemplates: store<AnalysisTemplate>(),
    clusterAnalysisTemplates: store<AnalysisTemplate>(),
    experiments: store<Experiment>({ uid, owner }),
    jobs: store({ owner }),
    podDisruptionBudgets: store(),
    deployments: store(),
    podTemplates: store(),
  };
  return stores;
}

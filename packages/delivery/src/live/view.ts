import type {
  AnalysisRun,
  AnalysisTemplate,
  KubeObject,
  Pod,
  ReplicaSet,
  Rollout,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RESOURCES,
  Reflector,
  Store,
  type Clock,
  type KubeClient,
  type Resource,
} from '@progressive-delivery/kube';
import {
  ownerOf,
  servicesOf,
  virtualServicesOf,
  workloadOf,
} from './references';

/** Mirrors of the kinds that the controller looks at. */
export interface ClusterStores {
  /** Indexes: `uid`, `service`, `virtualService`, `workload`, each `namespace/name`. */
  rollouts: Store<Rollout>;
  /** Indexes: `uid`; `owner` by uid; `orphan` by namespace. */
  replicaSets: Store<ReplicaSet>;
  /** Index: `owner` by uid. */
  pods: Store<Pod>;
  services: Store<Service>;
  /** Indexes: `uid`; `owner` by uid. */
  analysisRuns: Store<AnalysisRun>;
  analysisTemplates: Store<AnalysisTemplate>;
  clusterAnalysisTemplates: Store<AnalysisTemplate>;
  /** Index: `owner` by uid. */
  experiments: Store<KubeObject>;
  virtualServices: Store<KubeObject>;
  /** Index: `owner` by uid. */
  jobs: Store<KubeObject>;
  podDisruptionBudgets: Store<KubeObject>;
  deployments: Store<KubeObject>;
}

export type StoreName = keyof ClusterStores;

/** Without these nothing can be decided; the others may be absent or forbidden. */
const REQUIRED: StoreName[] = ['rollouts', 'replicaSets', 'pods', 'services'];

const owner = (object: KubeObject) => {
  const uid = ownerOf(object);
  return uid ? [uid] : [];
};
const uid = (object: KubeObject) =>
  object.metadata.uid ? [object.metadata.uid] : [];
const inNamespace = (object: KubeObject, names: string[]) =>
  names.map(name => `${object.metadata.namespace ?? ''}/${name}`);

function createStores(clock: Clock, onError: (error: unknown) => void) {
  const store = <T extends KubeObject>(
    indexes: Record<string, (object: T) => readonly string[]> = {},
  ) => new Store<T>({ clock, indexes, onSubscriberError: onError });
  const stores: ClusterStores = {
    rollouts: store<Rollout>({
      uid,
      service: rollout => inNamespace(rollout, servicesOf(rollout)),
      virtualService: virtualServicesOf,
      workload: rollout => {
        const workload = workloadOf(rollout);
        return workload ? inNamespace(rollout, [workload.name]) : [];
      },
    }),
    replicaSets: store<ReplicaSet>({
      uid,
      owner,
      orphan: replicaSet =>
        ownerOf(replicaSet) ? [] : [replicaSet.metadata.namespace ?? ''],
    }),
    pods: store<Pod>({ owner }),
    services: store<Service>(),
    analysisRuns: store<AnalysisRun>({ uid, owner }),
    analysisTemplates: store<AnalysisTemplate>(),
    clusterAnalysisTemplates: store<AnalysisTemplate>(),
    experiments: store({ owner }),
    virtualServices: store(),
    jobs: store({ owner }),
    podDisruptionBudgets: store(),
    deployments: store(),
  };
  return stores;
}

export interface ClusterViewOptions {
  client: KubeClient;
  /** All namespaces when left out. */
  namespace?: string;
  clock: Clock;
  /** Told when a change could not be handled by a subscriber. */
  onError: (error: unknown) => void;
}

/**
 * What the controller sees of a cluster: mirrors by list and watch. It only
 * ever changes by what the API server says, never by the controller's own
 * writes.
 */
export class ClusterView {
  readonly stores: ClusterStores;
  readonly #reflectors = new Map<StoreName, Reflector<KubeObject>>();

  constructor(options: ClusterViewOptions) {
    this.stores = createStores(options.clock, options.onError);
    for (const name of Object.keys(this.stores) as StoreName[]) {
      const resource: Resource = RESOURCES[name];
      this.#reflectors.set(
        name,
        new Reflector<KubeObject>({
          client: options.client,
          resource,
          // A reflector only puts into its store what the API server sent as
          // this kind; what of it is malformed, the planner finds.
          store: this.stores[name] as unknown as Store<KubeObject>,
          namespace: resource.namespaced ? options.namespace : undefined,
          clock: options.clock,
        }),
      );
    }
  }

  /** Everything needed has been listed; kinds the cluster lacks are not waited for. */
  get ready(): boolean {
    return [...this.#reflectors].every(([name, reflector]) => {
      if (reflector.store.synced) return true;
      const { state } = reflector.status;
      return (
        !REQUIRED.includes(name) &&
        (state === 'absent' || state === 'forbidden')
      );
    });
  }

  /** The cluster has no Rollout kind (yet). */
  get crdsAbsent(): boolean {
    return this.#reflectors.get('rollouts')?.status.state === 'absent';
  }

  /** Calls back whenever `ready` or what is missing may have changed. */
  onStatus(callback: () => void): () => void {
    const stops = [...this.#reflectors.values()].map(reflector =>
      reflector.onStatus(callback),
    );
    return () => stops.forEach(stop => stop());
  }

  /** Kinds that are not mirrored now, with why. */
  problems(): { resource: string; state: string; message?: string }[] {
    return [...this.#reflectors].flatMap(([name, { status }]) =>
      status.state === 'live'
        ? []
        : [
            {
              resource: name,
              state: status.state,
              message: status.error?.message,
            },
          ],
    );
  }

  /** The mirror that will show a write to this kind, if there is one. */
  storeOf(resource: Resource): Store<KubeObject> | undefined {
    for (const { resource: mirrored, store } of this.#reflectors.values()) {
      if (
        mirrored.group === resource.group &&
        mirrored.plural === resource.plural
      ) {
        return store;
      }
    }
    return undefined;
  }

  start() {
    for (const reflector of this.#reflectors.values()) reflector.start();
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.#reflectors.values()].map(reflector => reflector.stop()),
    );
  }
}

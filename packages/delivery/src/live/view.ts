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
import {
  RESOURCES,
  Reflector,
  Store,
  type Clock,
  type KubeClient,
  type Resource,
} from '@progressive-delivery/kube';
import {
  hasExperiments,
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
  /** Index: `owner` by uid. */
  services: Store<Service>;
  /** Indexes: `uid`; `owner` by uid. */
  analysisRuns: Store<AnalysisRun>;
  analysisTemplates: Store<AnalysisTemplate>;
  clusterAnalysisTemplates: Store<AnalysisTemplate>;
  /** Indexes: `uid`; `owner` by uid. */
  experiments: Store<Experiment>;
  virtualServices: Store<KubeObject>;
  /** Index: `owner` by uid. */
  jobs: Store<KubeObject>;
  podDisruptionBudgets: Store<KubeObject>;
  deployments: Store<KubeObject>;
  podTemplates: Store<KubeObject>;
}

export type StoreName = keyof ClusterStores;

/**
 * Without a current view of these nothing can be decided; the others may be
 * absent or forbidden.
 */
const REQUIRED: StoreName[] = [
  'rollouts',
  'replicaSets',
  'pods',
  'services',
  'analysisRuns',
];

/**
 * How long a mirror may not have heard from the server; milliseconds. A watch
 * that is silent this long is taken for dead by the reflector, too.
 */
const LONGEST_SILENCE = 60_000;

/** How often another version of an absent kind is looked for; milliseconds. */
const OTHER_VERSION = 30_000;

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
    services: store<Service>({ owner }),
    analysisRuns: store<AnalysisRun>({ uid, owner }),
    analysisTemplates: store<AnalysisTemplate>(),
    clusterAnalysisTemplates: store<AnalysisTemplate>(),
    experiments: store<Experiment>({ uid, owner }),
    virtualServices: store(),
    jobs: store({ owner }),
    podDisruptionBudgets: store(),
    deployments: store(),
    podTemplates: store(),
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
  readonly #options: ClusterViewOptions;
  readonly #reflectors = new Map<StoreName, Reflector<KubeObject>>();
  readonly #listeners = new Set<() => void>();
  #running = false;
  #looked = false;
  #cancelLook: () => void = () => {};

  constructor(options: ClusterViewOptions) {
    this.#options = options;
    this.stores = createStores(options.clock, options.onError);
    for (const name of Object.keys(this.stores) as StoreName[]) {
      this.#mirror(name, RESOURCES[name]);
    }
  }

  /**
   * Everything has been listed, and what is needed is current; kinds the
   * cluster lacks are not waited for.
   */
  get ready(): boolean {
    if (!this.#looked) return false;
    return [...this.#reflectors].every(([name, { store, status }]) => {
      if (REQUIRED.includes(name)) return this.#isCurrent(name);
      const { state } = status;
      return store.synced || state === 'absent' || state === 'forbidden';
    });
  }

  /** Whether it may be decided about a rollout: its own kinds are current, too. */
  isCurrentFor(rollout: Rollout | undefined): boolean {
    if (!this.ready) return false;
    if (rollout && hasExperiments(rollout) && !this.experimentsAreCurrent) {
      return false;
    }
    if (!rollout || virtualServicesOf(rollout).length === 0) return true;
    // A cluster without the kind has no such object; one that hides it may.
    return (
      this.#reflectors.get('virtualServices')?.status.state === 'absent' ||
      this.#isCurrent('virtualServices')
    );
  }

  /** Whether it may be decided about experiments. */
  get experimentsAreCurrent(): boolean {
    return this.ready && this.#isCurrent('experiments');
  }

  #isCurrent(name: StoreName): boolean {
    const reflector = this.#reflectors.get(name);
    if (!reflector?.store.synced) return false;
    const { state, lastSeen = 0 } = reflector.status;
    const silence = this.#options.clock.now() - lastSeen;
    return (
      (state === 'live' || state === 'stale') && silence <= LONGEST_SILENCE
    );
  }

  /** The cluster has no Rollout kind (yet). */
  get crdsAbsent(): boolean {
    return this.#reflectors.get('rollouts')?.status.state === 'absent';
  }

  /** Calls back whenever `ready` or what is missing may have changed. */
  onStatus(callback: () => void): () => void {
    this.#listeners.add(callback);
    return () => {
      this.#listeners.delete(callback);
    };
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
    return this.#reflectorOf(resource)?.store;
  }

  /** The kind in the version that this cluster serves. */
  served(resource: Resource): Resource {
    return this.#reflectorOf(resource)?.resource ?? resource;
  }

  start() {
    this.#running = true;
    for (const reflector of this.#reflectors.values()) reflector.start();
    void this.#lookForOtherVersion();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelLook();
    await Promise.all(
      [...this.#reflectors.values()].map(reflector => reflector.stop()),
    );
  }

  #reflectorOf({ group, plural }: Resource) {
    return [...this.#reflectors.values()].find(
      ({ resource }) => resource.group === group && resource.plural === plural,
    );
  }

  #mirror(name: StoreName, resource: Resource): Reflector<KubeObject> {
    const { client, namespace, clock } = this.#options;
    const reflector = new Reflector<KubeObject>({
      client,
      resource,
      // A reflector only puts into its store what the API server sent as this
      // kind; what of it is malformed, the planner finds.
      store: this.stores[name] as unknown as Store<KubeObject>,
      namespace: resource.namespaced ? namespace : undefined,
      clock,
      onStatus: () => this.#changed(),
    });
    this.#reflectors.set(name, reflector);
    return reflector;
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }

  /**
   * Istio's kinds come in several versions, and old installations lack the
   * newest: while ours is absent, another may be served.
   */
  async #lookForOtherVersion(): Promise<void> {
    const current = this.#reflectors.get('virtualServices');
    if (!this.#running || !current) return;
    if (!current.store.synced) {
      try {
        const served = await this.#options.client.resolve(
          RESOURCES.virtualServices,
        );
        if (served && served.version !== current.resource.version) {
          await current.stop();
          const next = this.#mirror('virtualServices', served);
          if (this.#running) next.start();
        }
      } catch {
        // The reflector of the same kind reports what is wrong with the
        // cluster; this only looks again.
      }
    }
    this.#looked = true;
    this.#changed();
    if (!this.#running) return;
    this.#cancelLook = this.#options.clock.after(OTHER_VERSION, () => {
      void this.#lookForOtherVersion();
    });
  }
}

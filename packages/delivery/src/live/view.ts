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
import { isEphemeral } from '../rollout/metadata/ephemeralMetadata';
import { needsPods } from '../rollout/revisions/needsPods';
import { kindKey, routeKey } from '../rollout/snapshot';
import { TRAFFIC_ROUTERS } from '../traffic/registry';
import type { TrafficRouter } from '../traffic/router';
import {
  hasExperiments,
  managerOf,
  ownerOf,
  rolloutNameOf,
  servicesOf,
  workloadOf,
} from './references';
import { isCurrent } from './isCurrent';
import { PodMirror } from './podMirror';
import { replicaSetsOf } from './replicaSetsOf';
import { RouteMirrors } from './routes/routeMirrors';

/** Mirrors of the kinds that the controller looks at. */
export interface ClusterStores {
  /** Indexes: `uid`; `service` and `workload` by `namespace/name`; `route` by `routeKey`, without a name for all of a namespace; `routeKind` by `kindKey`; `pods`: those that ask for pods. */
  rollouts: Store<Rollout>;
  /** Indexes: `uid`; `owner` by uid; `orphan` by namespace; `pods`: those that ask for pods. */
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

/**
 * Without a current view of these nothing can be decided; the others may be
 * absent or forbidden.
 */
const REQUIRED: StoreName[] = [
  'rollouts',
  'replicaSets',
  'services',
  'analysisRuns',
];

/** States of a mirror that end only when somebody gives rights. */
const REFUSED = new Set(['forbidden', 'unauthorized']);

const owner = (object: KubeObject) => {
  const uid = ownerOf(object);
  return uid ? [uid] : [];
};
const uid = (object: KubeObject) =>
  object.metadata.uid ? [object.metadata.uid] : [];
const inNamespace = (object: KubeObject, names: string[]) =>
  names.map(name => `${object.metadata.namespace ?? ''}/${name}`);

function createStores(
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

export interface ClusterViewOptions {
  client: KubeClient;
  /** All namespaces when left out. */
  namespace?: string;
  clock: Clock;
  /** Those that rollouts may ask for. */
  routers?: readonly TrafficRouter[];
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
  /** Of the kinds that rollouts route by. */
  readonly routes: RouteMirrors;
  readonly pods: PodMirror;
  readonly #options: ClusterViewOptions;
  readonly #reflectors = new Map<StoreName, Reflector<KubeObject>>();
  readonly #listeners = new Set<() => void>();

  constructor(options: ClusterViewOptions) {
    this.#options = options;
    this.routes = new RouteMirrors({
      ...options,
      routers: options.routers ?? TRAFFIC_ROUTERS,
      onStatus: () => this.#changed(),
    });
    this.stores = createStores(options.clock, options.onError, rollout =>
      this.routes.referencesOf(rollout),
    );
    this.pods = new PodMirror({
      ...options,
      store: this.stores.pods,
      onStatus: () => this.#changed(),
    });
    this.stores.rollouts.subscribe(() => this.#wantRoutes());
    this.stores.rollouts.subscribe(() => this.#wantPods());
    this.stores.replicaSets.subscribe(() => this.#wantPods());
    for (const name of Object.keys(this.stores) as StoreName[]) {
      if (name !== 'pods') this.#mirror(name, RESOURCES[name]);
    }
  }

  /**
   * Everything has been listed, and what is needed is current; kinds the
   * cluster lacks are not waited for.
   */
  get ready(): boolean {
    return [...this.#reflectors].every(([name, { store, status }]) => {
      if (REQUIRED.includes(name)) return this.#isCurrent(name);
      const { state } = status;
      return store.synced || state === 'absent' || state === 'forbidden';
    });
  }

  /** Whether it may be decided about a rollout: its own kinds are current, too. */
  isCurrentFor(rollout: Rollout | undefined): boolean {
    if (!this.ready) return false;
    if (!rollout) return true;
    if (hasExperiments(rollout) && !this.experimentsAreCurrent) return false;
    if (this.#needsPods(rollout) && !this.pods.current) return false;
    return this.routes
      .referencesOf(rollout)
      .every(({ resource }) => this.routes.isCurrent(resource));
  }

  /** Whether it may be decided about experiments. */
  get experimentsAreCurrent(): boolean {
    return this.ready && this.#isCurrent('experiments');
  }

  #isCurrent(name: StoreName): boolean {
    return isCurrent(this.#reflectors.get(name));
  }

  /** What keeps a rollout from being decided on until somebody changes it; in words. */
  hindranceOf(rollout: Rollout): string | undefined {
    const asked = [
      ...(this.#needsPods(rollout) ? ['pods'] : []),
      ...this.routes
        .referencesOf(rollout)
        .map(({ resource: { plural, group } }) => `${plural}.${group}`),
    ];
    const problem = this.problems().find(
      ({ resource, state }) => asked.includes(resource) && REFUSED.has(state),
    );
    return (
      problem &&
      `${problem.resource} may not be read, and it asks for them: ${problem.message ?? problem.state}`
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
    const own = [...this.#reflectors].flatMap(([name, { status }]) =>
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
    const pods = this.pods.problem;
    return [
      ...own,
      ...(pods ? [{ resource: 'pods', ...pods }] : []),
      ...this.routes.problems(),
    ];
  }

  /** The mirror that will show a write to this kind, if there is one. */
  storeOf(resource: Resource): Store<KubeObject> | undefined {
    if (kindKey(resource) === kindKey(RESOURCES.pods)) {
      return this.stores.pods as unknown as Store<KubeObject>;
    }
    return this.#reflectorOf(resource)?.store ?? this.routes.storeOf(resource);
  }

  /** The kind in the version that this cluster serves. */
  served(resource: Resource): Resource {
    return (
      this.#reflectorOf(resource)?.resource ??
      this.routes.served(resource) ??
      resource
    );
  }

  start() {
    for (const reflector of this.#reflectors.values()) reflector.start();
    this.pods.start();
    this.routes.start();
  }

  async stop(): Promise<void> {
    await Promise.all([
      ...[...this.#reflectors.values()].map(reflector => reflector.stop()),
      this.pods.stop(),
      this.routes.stop(),
    ]);
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

  #needsPods(rollout: Rollout): boolean {
    return needsPods(rollout, replicaSetsOf(rollout, this.stores));
  }

  #wantPods() {
    const { rollouts, replicaSets } = this.stores;
    this.pods.want(
      [rollouts, replicaSets].some(each => each.indexValues('pods').length > 0),
    );
  }

  /** The kinds that some rollout asks for, each once. */
  #wantRoutes() {
    const kinds = new Map<string, Resource>();
    for (const key of this.stores.rollouts.indexValues('routeKind')) {
      const [rollout] = this.stores.rollouts.byIndex('routeKind', key);
      const found = rollout
        ? this.routes
            .referencesOf(rollout)
            .find(({ resource }) => kindKey(resource) === key)
        : undefined;
      if (found) kinds.set(key, found.resource);
    }
    this.routes.want([...kinds.values()]);
  }
}

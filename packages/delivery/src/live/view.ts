import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RESOURCES,
  Reflector,
  type Clock,
  type KubeClient,
  type Resource,
  type Store,
} from '@progressive-delivery/kube';
import { needsPods } from '../rollout/revisions/needsPods';
import { kindKey } from '../rollout/snapshot';
import { TRAFFIC_ROUTERS } from '../traffic/registry';
import type { TrafficRouter } from '../traffic/router';
import {
  createStores,
  type ClusterStores,
  type StoreName,
} from './clusterStores';
import { hasExperiments } from './references';
import { isCurrent } from './isCurrent';
import { PodMirror } from './podMirror';
import { replicaSetsOf } from './replicaSetsOf';
import { RouteMirrors } from './routes/routeMirrors';

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

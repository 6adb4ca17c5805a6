import type {
  AnalysisRun,
  AnalysisTemplate,
  Experiment,
  ExperimentStatus,
  KubeObject,
  ReplicaSet,
  Rollout,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES, type Resource } from '@progressive-delivery/kube/resources';
import type { ExperimentSnapshot } from '../experiment/snapshot';
import { byName } from '../rollout/byName';
import { routeKey } from '../rollout/snapshot';
import type { Write } from '../rollout/plan';
import { formatTime } from '../rollout/time';
import {
  fatedLife,
  type AnalysisFate,
  type AnalysisLife,
} from './analysisLife';
import { applyJsonPatch, applyMergePatch } from './applyPatch';
import { resourceOf } from './resourceOf';
import { SimulatedPods, type PodLife } from './simulatedPods';

export interface SimulatedObjectsOptions {
  services?: Service[];
  /** Routing objects of any kind. */
  routes?: KubeObject[];
  replicaSets?: ReplicaSet[];
  experiments?: Experiment[];
  podLife: PodLife;
  analysisTemplates?: AnalysisTemplate[];
  clusterAnalysisTemplates?: AnalysisTemplate[];
  /** How analysis runs end; or `analysisLife`, how they go. */
  analysisFate?: (run: AnalysisRun) => AnalysisFate | undefined;
  analysisLife?: AnalysisLife;
}

type Store<T> = Map<string, T>;

const STORES = [
  'services',
  'routes',
  'replicaSets',
  'analysisRuns',
  'experiments',
] as const;

/** Whether the object goes when the one with this uid goes. */
export function isOwnedByUid(object: KubeObject, uid: string | undefined) {
  return (object.metadata.ownerReferences ?? []).some(
    owner => owner.controller && owner.uid === uid,
  );
}

/**
 * Objects of a cluster without time of its own: they take the planners'
 * writes, pods follow their ReplicaSets, analysis runs go on as they are told,
 * and what somebody owned goes with the owner.
 */
export class SimulatedObjects {
  readonly services: Store<Service> = new Map();
  /** Routing objects, by `routeKey`. */
  readonly routes: Store<KubeObject> = new Map();
  readonly replicaSets: Store<ReplicaSet> = new Map();
  readonly analysisRuns: Store<AnalysisRun> = new Map();
  readonly experiments: Store<Experiment> = new Map();
  protected readonly templates: Pick<
    ExperimentSnapshot,
    'analysisTemplates' | 'clusterAnalysisTemplates'
  >;
  readonly #life: AnalysisLife;
  /** When each analysis run changes by itself; absent: not looked at yet. */
  readonly #wakes = new Map<string, number>();
  #version = 1;

  constructor(
    options: SimulatedObjectsOptions,
    readonly pods: SimulatedPods = new SimulatedPods(options.podLife),
  ) {
    this.#life =
      options.analysisLife ??
      fatedLife(options.analysisFate ?? (() => undefined));
    this.templates = {
      analysisTemplates: byName(options.analysisTemplates ?? []),
      clusterAnalysisTemplates: byName(options.clusterAnalysisTemplates ?? []),
    };
    for (const each of options.services ?? []) {
      this.services.set(each.metadata.name, this.stamped(each, 0));
    }
    for (const each of options.routes ?? []) {
      const { namespace = '', name } = each.metadata;
      this.routes.set(
        routeKey(resourceOf(each), namespace, name),
        this.stamped(each, 0),
      );
    }
    for (const each of options.experiments ?? []) {
      this.experiments.set(each.metadata.name, this.stamped(each, 0));
    }
    for (const each of options.replicaSets ?? []) {
      this.replicaSets.set(each.metadata.name, this.stamped(each, 0));
      this.pods.seed(each);
    }
  }

  protected stamped<T extends KubeObject>(object: T, now: number): T {
    const { metadata } = object;
    this.#version++;
    return {
      ...object,
      metadata: {
        ...metadata,
        uid: metadata.uid ?? `uid-${metadata.name}`,
        resourceVersion: String(this.#version),
        creationTimestamp: metadata.creationTimestamp ?? formatTime(now),
      },
    };
  }

  /**
   * Takes over the state of another: objects are never changed in place, so
   * both may hold the same ones.
   */
  protected become(other: SimulatedObjects): void {
    this.#version = other.#version;
    for (const [name, at] of other.#wakes) this.#wakes.set(name, at);
    for (const store of STORES) {
      const into: Store<KubeObject> = this[store];
      into.clear();
      for (const [name, object] of other[store]) into.set(name, object);
    }
  }

  /** With what their pods are doing now. */
  protected replicaSetsAt(now: number): ReplicaSet[] {
    return [...this.replicaSets.values()].map(each => ({
      ...each,
      status: this.pods.statusOf(each, now),
    }));
  }

  /** Whose update it is about, as it is now. */
  protected rolloutNow(): Rollout | undefined {
    return undefined;
  }

  /**
   * Lets analysis runs go on up to this time.
   *
   * @returns whether one of them has another phase, so that the planner sees
   * something new
   */
  advance(now: number): boolean {
    let changed = false;
    for (const [name, run] of this.analysisRuns) {
      if (now < (this.#wakes.get(name) ?? -Infinity)) continue;
      const { status, wakeAt } = this.#life.advance(
        run,
        now,
        this.rolloutNow(),
      );
      this.#wakes.set(name, wakeAt ?? Infinity);
      this.analysisRuns.set(name, { ...run, status });
      changed ||= status?.phase !== run.status?.phase;
    }
    return changed;
  }

  /** The next time at which pods change by themselves. */
  nextPodChange(now: number): number {
    const times = [...this.replicaSets.values()].flatMap(each =>
      this.pods.changesOf(each),
    );
    return Math.min(Infinity, ...times.filter(at => at > now));
  }

  /** The next time at which an analysis run goes on by itself. */
  nextAnalysis(now: number): number {
    const times = [...this.#wakes.values()];
    return Math.min(Infinity, ...times.filter(at => at > now));
  }

  /** What the planner sees of each experiment: only to be read. */
  experimentSnapshots(now: number): ExperimentSnapshot[] {
    if (!this.experiments.size) return [];
    this.advance(now);
    const replicaSets = this.replicaSetsAt(now);
    const runs = [...this.analysisRuns.values()];
    return [...this.experiments.values()].map(experiment => {
      const { uid, name } = experiment.metadata;
      const isOwn = (object: KubeObject) => isOwnedByUid(object, uid);
      const namesOf = (objects: KubeObject[]) =>
        objects
          .map(each => each.metadata.name)
          .filter(each => each.startsWith(`${name}-`));
      return {
        experiment,
        replicaSets: replicaSets.filter(isOwn),
        services: [...this.services.values()],
        analysisRuns: runs.filter(isOwn),
        ...this.templates,
        takenReplicaSetNames: namesOf(replicaSets.filter(each => !isOwn(each))),
        takenRunNames: namesOf(runs),
        routedHashes: this.routedHashes(experiment),
        refusals: {},
      };
    });
  }

  /** Nobody routes to an experiment that stands alone. */
  protected routedHashes(_experiment: Experiment): string[] {
    return [];
  }

  setExperimentStatus(name: string, status: ExperimentStatus): void {
    const experiment = this.experiments.get(name);
    if (!experiment) return;
    // No subresource: a new status is a new version of the object.
    this.experiments.set(name, this.stamped({ ...experiment, status }, 0));
  }

  apply(write: Write, now: number): void {
    if (write.verb === 'create') {
      this.#create(write.resource, write.object, now);
      return;
    }
    if (write.verb === 'evict') {
      this.pods.evict(write.name, now);
      return;
    }
    const { resource, namespace, name } = write;
    const store = this.#storeOf(resource);
    if (write.verb !== 'patch') {
      this.#remove(store, this.#keyOf(resource, namespace, name));
      return;
    }
    if (resource.plural === RESOURCES.pods.plural) {
      this.pods.relabel(name, write.patch);
      return;
    }
    const key = this.#keyOf(resource, namespace, name);
    const before = store.get(key);
    if (!before) {
      throw new Error(`nothing to patch: ${resource.plural} ${name}`);
    }
    const after = (
      write.patchType === 'json'
        ? applyJsonPatch(before, write.patch)
        : applyMergePatch(before, write.patch)
    ) as KubeObject;
    this.#put(store, key, this.stamped(after, now), now);
  }

  #create(resource: Resource, object: KubeObject, now: number) {
    const { namespace = '', name } = object.metadata;
    const store = this.#storeOf(resource);
    const key = this.#keyOf(resource, namespace, name);
    if (store.has(key))
      throw new Error(`${object.kind} ${name} exists already`);
    this.#put(store, key, this.stamped(object, now), now);
  }

  #put(store: Store<KubeObject>, key: string, object: KubeObject, now: number) {
    store.set(key, object);
    // What is asked of a run counts at once.
    if (store === this.analysisRuns) this.#wakes.delete(key);
    if (store === this.replicaSets) this.pods.follow(object as ReplicaSet, now);
  }

  #remove(store: Store<KubeObject>, key: string) {
    const uid = store.get(key)?.metadata.uid;
    store.delete(key);
    if (store === this.analysisRuns) this.#wakes.delete(key);
    for (const name of STORES) {
      const owned: Store<KubeObject> = this[name];
      for (const [each, object] of [...owned]) {
        if (isOwnedByUid(object, uid)) this.#remove(owned, each);
      }
    }
  }

  #storeOf({ plural }: Resource): Store<KubeObject> {
    const stores: Record<string, Store<KubeObject>> = {
      services: this.services,
      replicasets: this.replicaSets,
      analysisruns: this.analysisRuns,
      experiments: this.experiments,
    };
    // All else that is written is routing.
    return stores[plural] ?? this.routes;
  }

  #keyOf(resource: Resource, namespace: string, name: string): string {
    return this.#storeOf(resource) === this.routes
      ? routeKey(resource, namespace, name)
      : name;
  }
}

import {
  REVISION_ANNOTATION,
  type AnalysisRun,
  type AnalysisTemplate,
  type KubeObject,
  type Pod,
  type ReplicaSet,
  type Rollout,
  type RolloutStatus,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES, type Resource } from '@progressive-delivery/kube';
import { routeKey, type RolloutSnapshot } from '../rollout/snapshot';
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

export interface SimulatedClusterOptions {
  rollout: Rollout;
  services?: Service[];
  /** Routing objects of any kind. */
  routes?: KubeObject[];
  replicaSets?: ReplicaSet[];
  disruptionBudgets?: KubeObject[];
  /** What `spec.workloadRef` names. */
  workload?: () => KubeObject;
  podLife: PodLife;
  analysisTemplates?: AnalysisTemplate[];
  clusterAnalysisTemplates?: AnalysisTemplate[];
  /** How analysis runs end; or `analysisLife`, how they go. */
  analysisFate?: (run: AnalysisRun) => AnalysisFate | undefined;
  analysisLife?: AnalysisLife;
}

type Store<T> = Map<string, T>;

function byName<T extends KubeObject>(objects: T[]): Record<string, T> {
  return Object.fromEntries(objects.map(each => [each.metadata.name, each]));
}

/**
 * As much of a cluster as a rollout sees, without time of its own: objects
 * that take the planner's writes, pods that follow their ReplicaSets, runs
 * that end as they are told.
 */
export class SimulatedCluster {
  rollout: Rollout;
  readonly services: Store<Service> = new Map();
  /** Routing objects, by `routeKey`. */
  readonly routes: Store<KubeObject> = new Map();
  readonly replicaSets: Store<ReplicaSet> = new Map();
  readonly analysisRuns: Store<AnalysisRun> = new Map();
  readonly #life: AnalysisLife;
  /** When each analysis run changes by itself; absent: not looked at yet. */
  readonly #wakes = new Map<string, number>();
  #version = 1;

  constructor(
    private readonly options: SimulatedClusterOptions,
    readonly pods: SimulatedPods = new SimulatedPods(options.podLife),
  ) {
    this.rollout = this.#stamped(options.rollout, 0);
    this.#life =
      options.analysisLife ??
      fatedLife(options.analysisFate ?? (() => undefined));
    for (const each of options.services ?? []) {
      this.services.set(each.metadata.name, this.#stamped(each, 0));
    }
    for (const each of options.routes ?? []) {
      const { namespace = '', name } = each.metadata;
      this.routes.set(
        routeKey(resourceOf(each), namespace, name),
        this.#stamped(each, 0),
      );
    }
    for (const each of options.replicaSets ?? []) {
      this.replicaSets.set(each.metadata.name, this.#stamped(each, 0));
      this.pods.seed(each);
    }
  }

  #stamped<T extends KubeObject>(object: T, now: number): T {
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

  /** What the planner sees. It holds the cluster's own objects: only to be read. */
  snapshot(now: number): RolloutSnapshot {
    this.advance(now);
    const replicaSets = [...this.replicaSets.values()].map(each => ({
      ...each,
      status: this.pods.statusOf(each, now),
    }));
    const {
      analysisTemplates = [],
      clusterAnalysisTemplates = [],
      disruptionBudgets = [],
    } = this.options;
    return {
      rollout: this.rollout,
      replicaSets,
      pods: replicaSets.flatMap((each): Pod[] => this.pods.objects(each, now)),
      services: Object.fromEntries(this.services),
      analysisRuns: [...this.analysisRuns.values()],
      experiments: [],
      analysisTemplates: byName(analysisTemplates),
      clusterAnalysisTemplates: byName(clusterAnalysisTemplates),
      routes: Object.fromEntries(this.routes),
      disruptionBudgets,
      workload: this.options.workload?.(),
    };
  }

  /**
   * Another cluster in the same state, which goes its own way from here:
   * objects are never changed in place, so both may hold the same ones.
   */
  fork(): SimulatedCluster {
    const copy = new SimulatedCluster(this.options, this.pods.fork());
    copy.#version = this.#version;
    copy.rollout = this.rollout;
    for (const [name, at] of this.#wakes) copy.#wakes.set(name, at);
    for (const store of [
      'services',
      'routes',
      'replicaSets',
      'analysisRuns',
    ] as const) {
      const into: Store<KubeObject> = copy[store];
      into.clear();
      for (const [name, object] of this[store]) into.set(name, object);
    }
    return copy;
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
      const { status, wakeAt } = this.#life.advance(run, now);
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

  apply(write: Write, now: number): void {
    if (write.verb === 'create') {
      this.#create(write.resource, write.object, now);
      return;
    }
    if (write.verb === 'evict') {
      this.pods.evict(write.name, now);
      return;
    }
    if (write.verb !== 'patch') {
      this.replicaSets.delete(write.name);
      this.analysisRuns.delete(write.name);
      this.#wakes.delete(write.name);
      return;
    }
    if (write.resource.plural === 'pods') {
      this.pods.relabel(write.name, write.patch);
      return;
    }
    const store = this.#storeOf(write.resource);
    const key = this.#keyOf(write.resource, write.namespace, write.name);
    const before = store ? store.get(key) : this.rollout;
    if (!before) {
      throw new Error(
        `nothing to patch: ${write.resource.plural} ${write.name}`,
      );
    }
    const after = (
      write.patchType === 'json'
        ? applyJsonPatch(before, write.patch)
        : applyMergePatch(before, write.patch)
    ) as KubeObject;
    const stamped = this.#stamped(after, now);
    if (store) store.set(key, stamped);
    else this.rollout = stamped as Rollout;
    // What is asked of a run counts at once.
    if (write.resource.plural === 'analysisruns')
      this.#wakes.delete(write.name);
    if (write.resource.plural === 'replicasets') {
      this.pods.follow(stamped as ReplicaSet, now);
    }
  }

  #create(resource: Resource, object: KubeObject, now: number) {
    const stamped = this.#stamped(object, now);
    const { namespace = '', name } = object.metadata;
    const key = this.#keyOf(resource, namespace, name);
    const store = this.#storeOf(resource);
    if (!store || store.has(key)) {
      throw new Error(`${object.kind} ${name} exists already`);
    }
    store.set(key, stamped);
    if (resource.plural === RESOURCES.replicaSets.plural) {
      this.pods.follow(stamped as ReplicaSet, now);
    }
  }

  /** Where objects of a kind are; `undefined` for the rollout itself. */
  #storeOf({ plural }: Resource): Store<KubeObject> | undefined {
    if (plural === RESOURCES.rollouts.plural) return undefined;
    const stores: Record<string, Store<KubeObject>> = {
      services: this.services,
      replicasets: this.replicaSets,
      analysisruns: this.analysisRuns,
    };
    // All else that a rollout writes is routing.
    return stores[plural] ?? this.routes;
  }

  #keyOf(resource: Resource, namespace: string, name: string): string {
    return this.#storeOf(resource) === this.routes
      ? routeKey(resource, namespace, name)
      : name;
  }

  setStatus(status: RolloutStatus): void {
    this.rollout = { ...this.rollout, status };
  }

  /** A person's change to the manifest, or to the status when it is about that. */
  edit(change: (rollout: Rollout) => void): void {
    const next = structuredClone(this.rollout);
    change(next);
    const specChanged =
      JSON.stringify(next.spec) !== JSON.stringify(this.rollout.spec);
    this.rollout = {
      ...next,
      metadata: {
        ...next.metadata,
        generation: (next.metadata.generation ?? 1) + (specChanged ? 1 : 0),
      },
    };
  }

  /** Revision numbers of ReplicaSets that ask for pods, for people to read. */
  revisions(): { revision: string; replicaSet: ReplicaSet }[] {
    return [...this.replicaSets.values()].map(replicaSet => ({
      revision: replicaSet.metadata.annotations?.[REVISION_ANNOTATION] ?? '?',
      replicaSet,
    }));
  }
}

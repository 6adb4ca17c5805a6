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
import { RESOURCES } from '@progressive-delivery/kube';
import { routeKey, type RolloutSnapshot } from '../rollout/snapshot';
import type { Write } from '../rollout/plan';
import { formatTime } from '../rollout/time';
import { applyJsonPatch, applyMergePatch } from './applyPatch';
import { SimulatedPods, type PodLife } from './simulatedPods';

/** How long an analysis takes and how it ends. */
export interface AnalysisFate {
  afterMilliseconds: number;
  phase: 'Successful' | 'Failed' | 'Error' | 'Inconclusive';
  message?: string;
}

export interface SimulatedClusterOptions {
  rollout: Rollout;
  services?: Service[];
  /** VirtualServices. */
  routes?: KubeObject[];
  analysisTemplates?: AnalysisTemplate[];
  replicaSets?: ReplicaSet[];
  disruptionBudgets?: KubeObject[];
  /** What `spec.workloadRef` names. */
  workload?: () => KubeObject;
  podLife: PodLife;
  /** `undefined`: it runs until it is told to end. */
  analysisFate: (run: AnalysisRun) => AnalysisFate | undefined;
}

type Store<T> = Map<string, T>;

/**
 * As much of a cluster as a rollout sees, without time of its own: objects
 * that take the planner's writes, pods that follow their ReplicaSets, runs
 * that end as they are told.
 */
export class SimulatedCluster {
  rollout: Rollout;
  readonly services: Store<Service> = new Map();
  readonly routes: Store<KubeObject> = new Map();
  readonly replicaSets: Store<ReplicaSet> = new Map();
  readonly analysisRuns: Store<AnalysisRun> = new Map();
  #version = 1;

  constructor(
    private readonly options: SimulatedClusterOptions,
    readonly pods: SimulatedPods = new SimulatedPods(options.podLife),
  ) {
    this.rollout = this.#stamped(options.rollout, 0);
    for (const each of options.services ?? []) {
      this.services.set(each.metadata.name, this.#stamped(each, 0));
    }
    for (const each of options.routes ?? []) {
      this.routes.set(each.metadata.name, this.#stamped(each, 0));
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
    const replicaSets = [...this.replicaSets.values()].map(each => ({
      ...each,
      status: this.pods.statusOf(each, now),
    }));
    const { analysisTemplates = [], disruptionBudgets = [] } = this.options;
    return {
      rollout: this.rollout,
      replicaSets,
      pods: replicaSets.flatMap((each): Pod[] => this.pods.objects(each, now)),
      services: Object.fromEntries(this.services),
      analysisRuns: [...this.analysisRuns.values()].map(run =>
        this.#withStatus(run, now),
      ),
      experiments: [],
      analysisTemplates: Object.fromEntries(
        analysisTemplates.map(each => [each.metadata.name, each]),
      ),
      clusterAnalysisTemplates: {},
      routes: Object.fromEntries(
        [...this.routes.values()].map(each => [
          routeKey(
            RESOURCES.virtualServices,
            each.metadata.namespace ?? '',
            each.metadata.name,
          ),
          each,
        ]),
      ),
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

  #withStatus(run: AnalysisRun, now: number): AnalysisRun {
    if (run.spec.terminate) {
      return {
        ...run,
        status: { phase: 'Successful', message: 'Run Terminated' },
      };
    }
    const fate = this.options.analysisFate(run);
    const started = Date.parse(run.metadata.creationTimestamp ?? '');
    if (!fate || now < started + fate.afterMilliseconds) {
      return { ...run, status: { phase: 'Running' } };
    }
    return { ...run, status: { phase: fate.phase, message: fate.message } };
  }

  /** The next time at which something happens by itself. */
  nextChange(now: number): number | undefined {
    const times = [
      ...[...this.replicaSets.values()].flatMap(each =>
        this.pods.changesOf(each),
      ),
      ...[...this.analysisRuns.values()].flatMap(run => {
        const fate = this.options.analysisFate(run);
        const started = Date.parse(run.metadata.creationTimestamp ?? '');
        return fate ? [started + fate.afterMilliseconds] : [];
      }),
    ].filter(at => at > now);
    return times.length ? Math.min(...times) : undefined;
  }

  apply(write: Write, now: number): void {
    if (write.verb === 'create') {
      this.#create(write.object, now);
      return;
    }
    if (write.verb === 'evict') {
      this.pods.evict(write.name, now);
      return;
    }
    if (write.verb !== 'patch') {
      this.replicaSets.delete(write.name);
      this.analysisRuns.delete(write.name);
      return;
    }
    const store = this.#storeOf(write.resource.plural);
    const before =
      write.resource.plural === 'rollouts'
        ? this.rollout
        : store?.get(write.name);
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
    if (store) store.set(write.name, stamped as never);
    else this.rollout = stamped as Rollout;
    if (write.resource.plural === 'replicasets') {
      this.pods.follow(stamped as ReplicaSet, now);
    }
  }

  #create(object: KubeObject, now: number) {
    const stamped = this.#stamped(object, now);
    const { name } = object.metadata;
    if (object.kind === 'ReplicaSet') {
      if (this.replicaSets.has(name)) {
        throw new Error(`ReplicaSet ${name} exists already`);
      }
      this.replicaSets.set(name, stamped as ReplicaSet);
      this.pods.follow(stamped as ReplicaSet, now);
    } else {
      if (this.analysisRuns.has(name)) {
        throw new Error(`AnalysisRun ${name} exists already`);
      }
      this.analysisRuns.set(name, stamped as AnalysisRun);
    }
  }

  #storeOf(plural: string): Store<KubeObject> | undefined {
    const stores: Record<string, unknown> = {
      services: this.services,
      virtualservices: this.routes,
      replicasets: this.replicaSets,
      analysisruns: this.analysisRuns,
    };
    return stores[plural] as Store<KubeObject> | undefined;
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

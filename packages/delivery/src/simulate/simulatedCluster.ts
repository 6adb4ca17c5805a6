import {
  REVISION_ANNOTATION,
  type Experiment,
  type KubeObject,
  type Pod,
  type ReplicaSet,
  type Rollout,
  type RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { routedHashesOf } from '../experiment/snapshot';
import { FormerCanaries } from '../rollout/formerCanaries';
import type { Hold } from '../rollout/holds/hold';
import { PlanMemory } from '../rollout/memory/planMemory';
import { needsPods } from '../rollout/revisions/needsPods';
import type { RolloutSnapshot } from '../rollout/snapshot';
import type { RolloutPlan, Write } from '../rollout/plan';
import type {
  StepPluginCall,
  StepPluginDone,
} from '../stepPlugins/stepPluginCall';
import { copyJson } from '../rollout/copyJson';
import { applyMergePatch } from './applyPatch';
import {
  isOwnedByUid,
  SimulatedObjects,
  type SimulatedObjectsOptions,
} from './simulatedObjects';
import type { SimulatedPods } from './simulatedPods';

export interface SimulatedClusterOptions extends SimulatedObjectsOptions {
  rollout: Rollout;
  disruptionBudgets?: KubeObject[];
  holds?: readonly Hold[];
  /** What `spec.workloadRef` names. */
  workload?: () => KubeObject;
  /** What step plugins answer, at once; success when left out. */
  stepPluginFate?: (call: StepPluginCall) => StepPluginDone['result'];
  /** Called at each look at what has happened; an error ends the simulation. */
  onLook?: () => void;
}

/** A fork takes over what the cluster has instead. */
const NO_OBJECTS = {
  services: [],
  routes: [],
  replicaSets: [],
  experiments: [],
} satisfies Partial<SimulatedClusterOptions>;

/** As much of a cluster as a rollout sees, without time of its own. */
export class SimulatedCluster extends SimulatedObjects {
  rollout: Rollout;
  readonly #options: SimulatedClusterOptions;
  readonly #formerCanaries = new FormerCanaries();
  #pluginsDone: StepPluginDone[] = [];

  constructor(
    options: SimulatedClusterOptions,
    pods?: SimulatedPods,
    /** Objects are never changed in place: forks may share what is known. */
    readonly memory: PlanMemory = new PlanMemory(),
  ) {
    super(options, pods);
    this.#options = options;
    this.rollout = this.stamped(options.rollout, 0);
  }

  override advance(now: number): boolean {
    this.#options.onLook?.();
    return super.advance(now);
  }

  /** What the planner sees. It holds the cluster's own objects: only to be read. */
  snapshot(now: number): RolloutSnapshot {
    this.advance(now);
    const isOfExperiment = (object: KubeObject) =>
      [...this.experiments.values()].some(each =>
        isOwnedByUid(object, each.metadata.uid),
      );
    const replicaSets = this.replicaSetsAt(now).filter(
      each => !isOfExperiment(each),
    );
    const { disruptionBudgets = [], holds } = this.#options;
    const formerCanary = this.#formerCanaries.see(this.rollout);
    const arePodsAsked = needsPods(this.rollout, replicaSets);
    // Not every plan that may look at single pods does: they are made then.
    const pods = this.pods.fork();
    let all: Pod[] | undefined;
    return {
      rollout: this.rollout,
      replicaSets,
      get pods() {
        if (!arePodsAsked) return undefined;
        all ??= replicaSets.flatMap(each => pods.objects(each, now));
        return all;
      },
      services: Object.fromEntries(
        [...this.services].filter(([, each]) => !isOfExperiment(each)),
      ),
      analysisRuns: [...this.analysisRuns.values()].filter(
        each => !isOfExperiment(each),
      ),
      experiments: [...this.experiments.values()],
      ...this.templates,
      routes: Object.fromEntries(this.routes),
      ...(formerCanary ? { formerCanary } : {}),
      disruptionBudgets,
      ...(holds ? { holds } : {}),
      stepPluginsDone: this.#pluginsDone,
      workload: this.#options.workload?.(),
    };
  }

  /** All pods, also those that no plan asks for. */
  podsAt(now: number): Pod[] {
    this.advance(now);
    return this.replicaSetsAt(now).flatMap(each =>
      this.pods.objects(each, now),
    );
  }

  /** Another cluster in the same state, which goes its own way from here. */
  fork(): SimulatedCluster {
    const copy = new SimulatedCluster(
      { ...this.#options, ...NO_OBJECTS },
      this.pods.fork(),
      this.memory,
    );
    copy.become(this);
    copy.rollout = this.rollout;
    return copy;
  }

  protected override rolloutNow(): Rollout {
    return this.rollout;
  }

  /** Told of each plan before its writes: for clusters that check them. */
  planned(_plan: RolloutPlan): void {}

  override apply(write: Write, now: number): void {
    if (
      write.verb === 'patch' &&
      write.resource.plural === RESOURCES.rollouts.plural
    ) {
      this.rollout = this.stamped(
        applyMergePatch(this.rollout, write.patch) as Rollout,
        now,
      );
      return;
    }
    super.apply(write, now);
  }

  /** Step plugins answer at once; the next snapshot has what they said. */
  callPlugins(calls: StepPluginCall[], now: number): void {
    const { stepPluginFate = () => ({ phase: 'Successful' as const }) } =
      this.#options;
    this.#pluginsDone = calls.map(call => ({
      call,
      at: now,
      result: stepPluginFate(call),
    }));
  }

  protected override routedHashes(experiment: Experiment): string[] {
    return isOwnedByUid(experiment, this.rollout.metadata.uid)
      ? routedHashesOf(this.rollout)
      : [];
  }

  /** @returns whether it is another one */
  setStatus(status: RolloutStatus): boolean {
    const { rollout } = this;
    if (JSON.stringify(status) === JSON.stringify(rollout.status)) return false;
    this.rollout = this.stamped({ ...rollout, status }, 0);
    return true;
  }

  /** A person's change to the manifest, or to the status when it is about that. */
  edit(change: (rollout: Rollout) => void): void {
    const next = copyJson(this.rollout);
    change(next);
    const specChanged =
      JSON.stringify(next.spec) !== JSON.stringify(this.rollout.spec);
    const { generation = 1 } = next.metadata;
    this.rollout = this.stamped(
      {
        ...next,
        metadata: {
          ...next.metadata,
          generation: generation + (specChanged ? 1 : 0),
        },
        // The same object, so that what is known of it is found.
        spec: specChanged ? next.spec : this.rollout.spec,
      },
      0,
    );
  }

  /** Revision numbers of ReplicaSets that ask for pods, for people to read. */
  revisions(): { revision: string; replicaSet: ReplicaSet }[] {
    return [...this.replicaSets.values()].map(replicaSet => ({
      revision: replicaSet.metadata.annotations?.[REVISION_ANNOTATION] ?? '?',
      replicaSet,
    }));
  }
}

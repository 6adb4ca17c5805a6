import {
  REVISION_ANNOTATION,
  type Experiment,
  type KubeObject,
  type Pod,
  type ReplicaSet,
  type Rollout,
  type RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube';
import { routedHashesOf } from '../experiment/snapshot';
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
  /** What `spec.workloadRef` names. */
  workload?: () => KubeObject;
  /** What step plugins answer, at once; success when left out. */
  stepPluginFate?: (call: StepPluginCall) => StepPluginDone['result'];
}

/** As much of a cluster as a rollout sees, without time of its own. */
export class SimulatedCluster extends SimulatedObjects {
  rollout: Rollout;
  readonly #options: SimulatedClusterOptions;
  #pluginsDone: StepPluginDone[] = [];

  constructor(options: SimulatedClusterOptions, pods?: SimulatedPods) {
    super(options, pods);
    this.#options = options;
    this.rollout = this.stamped(options.rollout, 0);
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
    const { disruptionBudgets = [] } = this.#options;
    // Few plans look at single pods: they are made when one does.
    const pods = this.pods.fork();
    let all: Pod[] | undefined;
    return {
      rollout: this.rollout,
      replicaSets,
      get pods() {
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
      disruptionBudgets,
      stepPluginsDone: this.#pluginsDone,
      workload: this.#options.workload?.(),
    };
  }

  /** Another cluster in the same state, which goes its own way from here. */
  fork(): SimulatedCluster {
    const copy = new SimulatedCluster(this.#options, this.pods.fork());
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

  setStatus(status: RolloutStatus): void {
    const { rollout } = this;
    const changed = JSON.stringify(status) !== JSON.stringify(rollout.status);
    const next = { ...rollout, status };
    this.rollout = changed ? this.stamped(next, 0) : next;
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

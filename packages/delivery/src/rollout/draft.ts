import {
  DESIRED_REPLICAS_ANNOTATION,
  SCALE_DOWN_DEADLINE_ANNOTATION,
  type KubeObject,
  type RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { StepPluginCall } from '../stepPlugins/stepPluginCall';
import { BaseDraft } from './baseDraft';
import type { RolloutPlan } from './plan';
import type { Revision } from './revisions/revision';
import { formatTime } from './time';

/** A rollout's plan in the making: it knows how to scale revisions. */
export class PlanDraft extends BaseDraft<RolloutStatus> {
  /** Why the update was aborted, if it was in this turn. */
  abortMessage?: string;
  /** Set when it could go on, and a hold keeps it from that: in words. */
  held?: string;
  #replicas = new Map<string, number>();
  readonly #pluginCalls: StepPluginCall[] = [];

  constructor(
    status: RolloutStatus,
    /** What the rollout wants in all: noted on each ReplicaSet it scales. */
    private readonly desiredReplicas: number,
  ) {
    super(status);
  }

  /** Once the status is written, and beside the work. */
  callPlugin(call: StepPluginCall): void {
    this.#pluginCalls.push(call);
  }

  override finish(): RolloutPlan {
    const plan = super.finish();
    return {
      ...plan,
      ...(this.#pluginCalls.length ? { pluginCalls: this.#pluginCalls } : {}),
      ...(this.held === undefined ? {} : { held: this.held }),
    };
  }

  /** What the revision asks for once this plan is applied. */
  replicasOf(revision: Revision): number {
    return this.#replicas.get(revision.hash) ?? revision.replicas;
  }

  /**
   * Scales a revision, creating its ReplicaSet if need be. `why` completes
   * "scaled colors-abc from 1 to 2: …".
   *
   * @param keepDeadline - the time at which it is to go stays as it is;
   * otherwise whoever scales decides that anew
   */
  scale(
    revision: Revision,
    replicas: number,
    why: string,
    keepDeadline: boolean = false,
  ): void {
    const from = revision.exists ? revision.replicas : 0;
    const { metadata } = revision.replicaSet;
    this.#replicas.set(revision.hash, replicas);
    if (!revision.exists) {
      this.create(
        RESOURCES.replicaSets,
        {
          ...revision.replicaSet,
          spec: { ...revision.replicaSet.spec, replicas },
        } as KubeObject,
        `created ReplicaSet ${metadata.name} with ${replicas} replicas: ${why}`,
      );
      this.event(
        'NewReplicaSetCreated',
        `Created ReplicaSet ${metadata.name} (revision ${revision.number})`,
      );
    } else if (from !== replicas) {
      this.patch(
        RESOURCES.replicaSets,
        revision.replicaSet,
        {
          metadata: {
            annotations: {
              [DESIRED_REPLICAS_ANNOTATION]: String(this.desiredReplicas),
              ...(revision.deadline === undefined || keepDeadline
                ? {}
                : { [SCALE_DOWN_DEADLINE_ANNOTATION]: null }),
            },
          },
          spec: { replicas },
        },
        `scaled ${metadata.name} from ${from} to ${replicas}: ${why}`,
      );
    }
    if (from !== replicas) {
      this.event(
        'ScalingReplicaSet',
        `Scaled ${from < replicas ? 'up' : 'down'} ReplicaSet ${metadata.name} (revision ${revision.number}) from ${from} to ${replicas}`,
      );
    }
  }

  /** Notes on a revision when it is to be scaled to zero; `undefined`: never. */
  setDeadline(revision: Revision, at: number | undefined, why: string): void {
    if (revision.deadline === at || !revision.exists) return;
    this.patch(
      RESOURCES.replicaSets,
      revision.replicaSet,
      {
        metadata: {
          annotations: {
            [SCALE_DOWN_DEADLINE_ANNOTATION]:
              at === undefined ? null : formatTime(at),
          },
        },
      },
      why,
    );
  }
}

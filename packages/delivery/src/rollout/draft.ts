import {
  DESIRED_REPLICAS_ANNOTATION,
  SCALE_DOWN_DEADLINE_ANNOTATION,
  type KubeObject,
  type RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES, type Resource } from '@progressive-delivery/kube';
import type { PlannedEvent, RolloutPlan, Write } from './plan';
import type { Revision } from './revisions/revision';
import { formatTime } from './time';

/**
 * A plan in the making. It starts from the status that the rollout has, and is
 * the only thing that changes while a plan is made.
 */
export class PlanDraft {
  readonly writes: Write[] = [];
  readonly events: PlannedEvent[] = [];
  readonly reasons: string[] = [];
  status: RolloutStatus;
  /** Why the update was aborted, if it was in this turn. */
  abortMessage?: string;
  #wakeAt?: number;
  #replicas = new Map<string, number>();

  constructor(
    status: RolloutStatus,
    /** What the rollout wants in all: noted on each ReplicaSet it scales. */
    private readonly desiredReplicas: number,
  ) {
    this.status = structuredClone(status);
  }

  because(reason: string): void {
    if (!this.reasons.includes(reason)) this.reasons.push(reason);
  }

  event(reason: string, message: string, type?: PlannedEvent['type']): void {
    this.events.push({ type: type ?? 'Normal', reason, message });
  }

  /** Plan again at this time, or earlier if something else asks for it. */
  wake(at: number): void {
    this.#wakeAt = Math.min(at, this.#wakeAt ?? at);
  }

  create(resource: Resource, object: KubeObject, reason: string): void {
    this.writes.push({ verb: 'create', resource, object, reason });
    this.because(reason);
  }

  patch(
    resource: Resource,
    object: KubeObject,
    patch: unknown,
    reason: string,
    patchType?: 'merge' | 'json',
  ): void {
    const { metadata } = object;
    this.writes.push({
      verb: 'patch',
      resource,
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      patch,
      ...(patchType ? { patchType } : {}),
      precondition: {
        uid: metadata.uid ?? '',
        resourceVersion: metadata.resourceVersion ?? '',
      },
      reason,
    });
    this.because(reason);
  }

  remove(
    verb: 'delete' | 'evict',
    resource: Resource,
    object: KubeObject,
    reason: string,
  ): void {
    const { metadata } = object;
    this.writes.push({
      verb,
      resource,
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      precondition: {
        uid: metadata.uid ?? '',
        // A pod's status changes all the time; its identity is what counts.
        ...(verb === 'delete'
          ? { resourceVersion: metadata.resourceVersion ?? '' }
          : {}),
      },
      reason,
    });
    this.because(reason);
  }

  /** What the revision asks for once this plan is applied. */
  replicasOf(revision: Revision): number {
    return this.#replicas.get(revision.hash) ?? revision.replicas;
  }

  /**
   * Scales a revision, creating its ReplicaSet if need be. `why` completes
   * "scaled colors-abc from 1 to 2: …".
   */
  scale(revision: Revision, replicas: number, why: string): void {
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
              // Whoever scales decides anew whether it is to go.
              ...(revision.deadline === undefined
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

  finish(): RolloutPlan {
    return {
      writes: this.writes,
      status: this.status,
      events: this.events,
      ...(this.#wakeAt === undefined ? {} : { wakeAt: this.#wakeAt }),
      reasons: this.reasons,
    };
  }
}

import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Resource } from '@progressive-delivery/kube/resources';
import { copyJson } from './copyJson';
import type { Plan, PlannedEvent, Write } from './plan';

/**
 * A plan in the making. It starts from the status that the object has, and is
 * the only thing that changes while a plan is made.
 */
export class BaseDraft<Status> {
  readonly writes: Write[] = [];
  readonly events: PlannedEvent[] = [];
  readonly reasons: string[] = [];
  status: Status;
  #wakeAt?: number;

  constructor(status: Status) {
    this.status = copyJson(status);
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

  finish(): Plan<Status> {
    return {
      writes: this.writes,
      status: this.status,
      events: this.events,
      ...(this.#wakeAt === undefined ? {} : { wakeAt: this.#wakeAt }),
      reasons: this.reasons,
    };
  }
}

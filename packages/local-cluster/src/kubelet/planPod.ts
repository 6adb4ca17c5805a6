import { StoredObject } from '../api/clusterApi';
import { ContainerSpec, hookMs } from './containerLife';
import { lifeAt } from './podStatus';
import { PodWorld } from './podWorld';
import { statusPatch } from './statusPatch';

export type { PodWorld } from './podWorld';

/** What to do with one pod now. */
export interface PodPlan {
  /** Bind the pod to this node. */
  bind?: string;
  /** Strategic-merge patch for the pod's `status`: changed fields only. */
  status?: Record<string, unknown>;
  /** The pod has ended: delete it with grace 0 and its uid as precondition. */
  remove?: boolean;
  /** When to look again. Milliseconds since the epoch. */
  wakeAt?: number;
}

/**
 * The whole life of a pod as a function of time: what its status should be
 * at `now`, as the difference to what it is. Pure and level-based; calling it
 * late or twice does no harm.
 *
 * Implemented: binding, start delay, images that cannot be pulled, commands
 * as `programOf` reads them, restarts with back-off, init containers,
 * readiness (initialDelaySeconds, postStart, exec probes that can only fail,
 * readinessGates), activeDeadlineSeconds, graceful termination with preStop.
 * Not implemented: resources and scheduling constraints (one node takes all),
 * liveness probes, HTTP and TCP probes (they succeed), volumes, ephemeral
 * containers, images changed in place.
 */
export function planPod(
  pod: StoredObject,
  world: PodWorld,
  now: number,
): PodPlan {
  const { nodeName } = pod.spec;
  if (!nodeName) {
    const gated = (pod.spec.schedulingGates?.length ?? 0) > 0;
    return gated || pod.metadata.deletionTimestamp
      ? {}
      : { bind: world.nodeName };
  }
  if (nodeName !== world.nodeName) return {};
  if (pod.metadata.deletionTimestamp) return planTermination(pod, world, now);
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') {
    return {};
  }
  const life = lifeAt(pod, world, now);
  return {
    status: statusPatch(pod, life.status),
    ...(life.changesAt !== undefined && { wakeAt: life.changesAt }),
  };
}

function planTermination(
  pod: StoredObject,
  world: PodWorld,
  now: number,
): PodPlan {
  const graceMs = (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000;
  const since =
    world.terminatingSince ??
    Date.parse(pod.metadata.deletionTimestamp!) - graceMs;
  const started = pod.status?.phase === 'Running';
  const hooks = ((pod.spec.containers ?? []) as ContainerSpec[]).map(spec =>
    hookMs(spec.lifecycle?.preStop),
  );
  const takes = started ? Math.max(0, ...hooks) + world.shutdownMs : 0;
  const goneAt = since + Math.min(graceMs, takes);
  return now >= goneAt ? { remove: true } : { wakeAt: goneAt };
}

import type {
  KubeObject,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Resource } from '@progressive-delivery/kube/resources';
import type { StepPluginCall } from '../stepPlugins/stepPluginCall';

/**
 * One write. Writes of a plan are applied in order, and the first that fails
 * ends the turn: the next plan starts from what the cluster then shows. Each
 * carries a precondition, so that a stale view loses. Only evictions may be
 * made after the status, and refused.
 */
export type Write =
  | { verb: 'create'; resource: Resource; object: KubeObject; reason: string }
  | {
      verb: 'patch';
      resource: Resource;
      namespace: string;
      name: string;
      /** A merge patch, or a JSON patch when `patchType` says so. */
      patch: unknown;
      patchType?: 'merge' | 'json';
      subresource?: 'status' | 'scale';
      /** What the object was when this was decided. */
      precondition: { uid: string; resourceVersion: string };
      reason: string;
    }
  | {
      verb: 'delete' | 'evict';
      resource: Resource;
      namespace: string;
      name: string;
      precondition: { uid: string; resourceVersion?: string };
      reason: string;
    };

/** A Kubernetes Event to record about the planned object. */
export interface PlannedEvent {
  type: 'Normal' | 'Warning';
  /** The reference's reason: `RolloutStepCompleted`, `ScalingReplicaSet` … */
  reason: string;
  message: string;
}

export interface Plan<Status> {
  /** In the order in which they are safe. The status is not among them. */
  writes: Write[];
  /** The whole new status; written last, and only when it differs. */
  status: Status;
  events: PlannedEvent[];
  /** Milliseconds since the epoch: plan again then, though nothing changed. */
  wakeAt?: number;
  /** In words, why this is the plan: shown in logs, the simulator and the portal. */
  reasons: string[];
}

export interface RolloutPlan extends Plan<RolloutStatus> {
  /**
   * Calls of step plugins that are due once the status is written. One that is
   * being made already is not made twice.
   */
  pluginCalls?: StepPluginCall[];
  /** It could go on, and a hold keeps it from that: what is said of it. */
  held?: string;
}

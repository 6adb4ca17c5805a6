import type { GatedAction } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A duration as in the configuration: `4h`, `PT4H` or `{ hours: 4 }`. @public */
export type ApprovalDuration =
  | string
  | { days?: number; hours?: number; minutes?: number; seconds?: number };

/** Which rollouts; everything that is said must hold, of a list one value. @public */
export interface ApprovalScopeInput {
  cluster?: string | string[];
  namespace?: string | string[];
  /** `rollouts.clusters[].tier`. */
  tier?: string | string[];
  /** Of the Rollout, as in `kubectl -l`. */
  labels?: string;
  entity?: {
    ref?: string | string[];
    owner?: string | string[];
    system?: string | string[];
    type?: string | string[];
    lifecycle?: string | string[];
    /** Of the entity, as in `kubectl -l`. */
    labels?: string;
  };
}

/** Who may approve. @public */
export type ApproverInput =
  /** The owners of the rollout's entity. */
  | 'owner'
  /** A group, or a single user. */
  | { group: string }
  | { user: string }
  /** The owners of another entity. */
  | { ownerOf: string };

/** A policy as it is written down, in the configuration or by a module. @public */
export interface ApprovalPolicyInput {
  /** Unique; what annotations and messages call it. */
  name: string;
  title?: string;
  description?: string;
  /** All rollouts when left out. */
  scope?: ApprovalScopeInput;
  /** Applies only where the annotation of an entity names it. */
  optIn?: boolean;
  /** `promote`, `promote-full` and `skip-step` when left out. */
  actions?: (
    | GatedAction
    /** Steps are numbered from 1, as the portal shows them. */
    | { action: 'promote' | 'skip-step'; steps: number[] }
  )[];
  /** `['owner']` when left out. */
  approvers?: ApproverInput[];
  /** Of `any` of them together, or of `all` of them each. `any` when left out. */
  match?: 'any' | 'all';
  /** How many; 1 when left out. */
  count?: number;
  /** Whether the approval of who asked counts. Default: false. */
  requesterMayApprove?: boolean;
  /** Whether the approval of who made the change counts. Default: false. */
  authorMayApprove?: boolean;
  /** How long a request is valid; 24 hours when left out. */
  validity?: ApprovalDuration;
  /** What the last approval does: `unlock` when left out. */
  onApproval?: 'act' | 'unlock';
  conditions?: {
    /** No analysis of the new version has failed, and at least one is good. */
    analysisSuccessful?: boolean;
    /** The last value of this metric of an analysis is at least this. */
    minimumRequests?: { metric: string; count: number };
    /** How long it has been at the present step. */
    minimumStepTime?: ApprovalDuration;
  };
}

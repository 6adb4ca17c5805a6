import type { GatedAction } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutSelector } from '../../selection/RolloutSelector';

/** Who may approve; refs are complete and in lower case. */
export type Approver =
  | { kind: 'owner' }
  | { kind: 'group'; ref: string }
  | { kind: 'ownerOf'; ref: string };

/** An action that a policy asks approval for. */
export interface GatedBy {
  action: GatedAction;
  /** Indices of steps, from 0; all when left out. */
  steps?: readonly number[];
}

/** A policy, checked and complete. */
export interface ApprovalPolicy {
  name: string;
  title: string;
  description?: string;
  source: 'config' | 'module';
  /** Where it is written: `rollouts.approvals.policies[0]`. */
  path: string;
  scope: RolloutSelector;
  optIn: boolean;
  actions: readonly GatedBy[];
  approvers: readonly Approver[];
  match: 'any' | 'all';
  count: number;
  requesterMayApprove: boolean;
  authorMayApprove: boolean;
  validityMilliseconds: number;
  onApproval: 'act' | 'unlock';
  conditions: {
    analysisSuccessful: boolean;
    minimumRequests?: { metric: string; count: number };
    minimumStepMilliseconds?: number;
  };
}

/** One that cannot be kept; whatever it would apply to stays locked. */
export interface BrokenPolicy {
  name: string;
  source: 'module' | 'catalog';
  path: string;
  /** Why, with what to do. */
  message: string;
}

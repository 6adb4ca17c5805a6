import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type {
  ImageChange,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ApprovalPolicyInput } from './ApprovalPolicyInput';

/**
 * Where policies are written down besides the configuration. Asked at start
 * and again every minute. A source that fails keeps the policies it named
 * before; one that has never answered keeps everything locked, because nobody
 * knows what it would have asked for.
 * @public
 */
export interface ApprovalPolicySource {
  /** For messages: "the change calendar". */
  readonly title: string;
  list(): Promise<ApprovalPolicyInput[]>;
}

/** Somebody for whom a person may answer. @public */
export interface Represented {
  /**
   * Ref of a group, for who is on call for it, or of a user who has named a
   * delegate. That user cannot then answer too.
   */
  ref: string;
  /** "On call for payments until 18:00". */
  reason: string;
}

/** Knows who stands in for whom now. @public */
export interface ApprovalDelegates {
  readonly title: string;
  /** For whom this person may answer at this moment. */
  representedBy(userRef: string): Promise<Represented[]>;
}

/** A version of a rollout. @public */
export interface ChangeToAttribute {
  ref: RolloutRef;
  uid: string;
  podHash?: string;
  images: ImageChange[];
  /** Of the Rollout. */
  annotations: Record<string, string>;
}

/** Knows who made a change. @public */
export interface ChangeAuthors {
  readonly title: string;
  /** Refs of users; empty when it does not know. */
  authorsOf(change: ChangeToAttribute): Promise<string[]>;
}

/** @public */
export interface ApprovalsExtensionPoint {
  addPolicySource(source: ApprovalPolicySource): void;
  addDelegates(delegates: ApprovalDelegates): void;
  addChangeAuthors(authors: ChangeAuthors): void;
}

/**
 * For modules with approval policies, delegates, on-call rotas or authors of
 * changes of their own.
 * @public
 */
export const approvalsExtensionPoint =
  createExtensionPoint<ApprovalsExtensionPoint>({ id: 'rollouts.approvals' });

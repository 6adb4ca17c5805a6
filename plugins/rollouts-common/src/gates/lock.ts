/** What can keep an action locked although the rollout's state allows it. @public */
export type LockGate = 'approval' | 'freeze';

/**
 * Why an action is locked for everybody, and what would unlock it. Abort and
 * pause are never locked.
 * @public
 */
export interface ActionLock {
  gate: LockGate;
  /** Of the approval policy or the freeze window. */
  name: string;
  reason: string;
  /** What to do, in words. */
  remedy: string;
  /** When it opens by itself, ISO 8601; absent when it does not. */
  until?: string;
  /** `approval`: the request that is open for this action. */
  requestId?: string;
  /** Grows with everything that happens to that request: votes, comments. */
  requestVersion?: number;
  /** Whether an emergency may pass it. */
  emergency: boolean;
}

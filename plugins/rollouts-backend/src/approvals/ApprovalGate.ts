import type {
  ActionLock,
  ActionRefusal,
  ActionResult,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  ActingSubject,
  ActionGate,
  GateChange,
  GateSubject,
} from '../gates/ActionGate';
import type { ApprovalJudge } from './ApprovalJudge';
import { locksOf } from './decide/locksOf';
import { isSettling, whatMoved } from './decide/whatMoved';
import type { OpenApprovals } from './OpenApprovals';
import type { ApprovalRecord } from './store/ApprovalRecord';
import type { ApprovalStore } from './store/ApprovalStore';
import { hashOfDetails } from './store/rows';

export interface ApprovalGateOptions {
  /** @throws when the database is not open */
  store: () => ApprovalStore;
  judge: ApprovalJudge;
  open: OpenApprovals;
  /** Why a request is void for a subject. */
  moved: (request: ApprovalRecord, subject: GateSubject) => string | undefined;
  subscribe: (listener: (change: GateChange) => void) => () => void;
  /** Called with when a lock of a view opens by itself. */
  opensAt: (key: string, time: number) => void;
}

/** Keeps an action locked until the policies that apply are satisfied. */
export class ApprovalGate implements ActionGate {
  readonly gate = 'approval';
  readonly #options: ApprovalGateOptions;
  /** Emergencies on record, by the action's id: a repeated attempt is the same one. */
  readonly #emergencies = new Set<string>();

  constructor(options: ApprovalGateOptions) {
    this.#options = options;
  }

  subscribe(listener: (change: GateChange) => void): () => void {
    return this.#options.subscribe(listener);
  }

  look(subject: GateSubject, now: number): ActionLock[] {
    const { judge, open, opensAt } = this.#options;
    const request = open
      .ofUid(subject.uid)
      .find(
        each =>
          each.action === subject.action &&
          (isSettling(each, subject.rollout) ||
            whatMoved(each, subject) === undefined),
      );
    const judgement = judge.judge(subject, now, request);
    const { waitsUntil } = judgement;
    if (waitsUntil !== undefined) {
      const { cluster, namespace, name } = subject.ref;
      opensAt(`${cluster}/${namespace}/${name}`, waitsUntil);
    }
    return locksOf(judgement, request, now);
  }

  async admit(subject: ActingSubject, now: number): Promise<ActionLock[]> {
    const { judge } = this.#options;
    if (subject.emergency !== undefined) {
      return this.#emergency(subject, subject.emergency, now);
    }
    const { policies, broken } = judge.judge(subject, now);
    if (policies.length === 0 && broken.length === 0) {
      return [];
    }
    try {
      return await this.#admit(subject);
    } catch (error) {
      return [unknown(error)];
    }
  }

  async settle(
    { actionId }: Pick<ActingSubject, 'actionId'>,
    outcome: { result: ActionResult } | { refusal: ActionRefusal },
  ): Promise<void> {
    const { store, open } = this.#options;
    this.#emergencies.delete(actionId);
    const { claims } = store();
    const change = await claims.settle(
      actionId,
      'result' in outcome
        ? { done: true, message: outcome.result.message }
        : { done: false },
    );
    if (!change) {
      return;
    }
    open.put(change.request);
    // What could not be written because others kept writing is void as well:
    // nobody has seen what is there now.
    if (
      'refusal' in outcome &&
      ['moved-on', 'conflict'].includes(outcome.refusal.code)
    ) {
      await this.#void(change.request, outcome.refusal.message);
    }
  }

  async #admit(subject: ActingSubject): Promise<ActionLock[]> {
    const { judge, store, open } = this.#options;
    const now = await store().now();
    const request = await this.#requestFor(subject);
    if (!request) {
      return locksOf(judge.judge(subject, now), undefined, now);
    }
    if (isSettling(request, subject.rollout)) {
      return [settling(request)];
    }
    const moved = this.#options.moved(request, subject);
    if (moved !== undefined) {
      await this.#void(request, moved, subject.actionId);
      return locksOf(judge.judge(subject, now), undefined, now);
    }
    const votes = await judge.votesNow(request);
    const locks = locksOf(
      judge.judge(subject, now, request, votes),
      request,
      now,
    );
    if (locks.length > 0) {
      return locks;
    }
    const { claimed, request: after } = await store().claims.claim(
      request.id,
      subject.actionId,
      subject.principal,
    );
    open.put(after);
    return claimed ? [] : [taken(after)];
  }

  /** The request for this very action on this very object, from the database. */
  async #requestFor({
    uid,
    action,
    details,
  }: ActingSubject): Promise<ApprovalRecord | undefined> {
    const wanted = hashOfDetails(details);
    const requests = await this.#options.store().reads.openOf(uid);
    return requests
      .filter(
        each =>
          each.action === action && hashOfDetails(each.details) === wanted,
      )
      .sort(byProgress)[0];
  }

  /** Also when this action had begun to carry it out, and found it moved as it tried again. */
  async #void(
    request: ApprovalRecord,
    reason: string,
    actionId?: string,
  ): Promise<void> {
    const { store, open } = this.#options;
    const { request: after } = await store().end(request.id, 'voided', {
      reason,
      actionId,
    });
    open.put(after);
  }

  /** On record before it has any effect; without a record there is none. */
  async #emergency(
    subject: ActingSubject,
    reason: string,
    now: number,
  ): Promise<ActionLock[]> {
    const { store, judge, open } = this.#options;
    const { actionId, ref, uid, action, details, entityRef } = subject;
    if (this.#emergencies.has(actionId)) {
      return [];
    }
    const { policies, broken } = judge.judge(subject, now);
    const { status } = subject.rollout;
    const request = open.ofUid(uid).find(each => each.action === action);
    try {
      await store().record(at => ({
        kind: 'emergency',
        requestId: request?.id,
        ref,
        uid,
        podHash: status?.currentPodHash,
        stepIndex: status?.currentStepIndex,
        entityRef,
        action,
        details,
        at,
        by: subject.principal,
        actionId,
        reason,
        policies: [...policies, ...broken].map(({ name }) => name),
      }));
    } catch (error) {
      return [unknown(error)];
    }
    this.#emergencies.add(actionId);
    return [];
  }
}

/** What is approved before what is pending. */
function byProgress(a: ApprovalRecord, b: ApprovalRecord): number {
  const rank = ({ state }: ApprovalRecord) => (state === 'pending' ? 1 : 0);
  return rank(a) - rank(b);
}

/** What cannot be found out is locked. */
function unknown(error: unknown): ActionLock {
  return {
    gate: 'approval',
    name: 'approvals',
    reason: `Whether it is approved cannot be found out: ${error instanceof Error ? error.message : error}.`,
    remedy:
      'Try again when the database and the catalog answer. Abort is possible all the same.',
    emergency: false,
  };
}

function settling({ id }: ApprovalRecord): ActionLock {
  return {
    gate: 'approval',
    name: 'approvals',
    reason:
      'Its manifest has just been changed; whether that voids the approval shows once the controller has taken notice.',
    remedy: 'Try again in a moment.',
    requestId: id,
    emergency: true,
  };
}

function taken({ id, execution, state }: ApprovalRecord): ActionLock {
  return {
    gate: 'approval',
    name: 'approvals',
    reason:
      state === 'executing'
        ? `It is being carried out already, by ${execution?.by}.`
        : `The approval is ${state}.`,
    remedy: 'Wait a moment and look at the rollout.',
    requestId: id,
    emergency: true,
  };
}

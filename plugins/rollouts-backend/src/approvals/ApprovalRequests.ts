import { randomUUID } from 'node:crypto';
import type {
  ActionResult,
  CreateApprovalRequest,
  RolloutDetail,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ChangeAuthors } from '@progressive-delivery/backstage-plugin-rollouts-node';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import type { ActionRecord } from '../database/ActionRecord';
import type { ApprovalJudge } from './ApprovalJudge';
import { changeAuthors } from './people/changeAuthors';
import { barredBy, shortestValidity } from './decide/strictest';
import { specHash } from './decide/specHash';
import { whatMoved } from './decide/whatMoved';
import type { Grounds } from './Grounds';
import type { OpenApprovals } from './OpenApprovals';
import { requestLabel } from './requestLabel';
import { snapshotOf } from './snapshot';
import type { ApprovalRecord, NewApproval } from './store/ApprovalRecord';
import type { ApprovalStore } from './store/ApprovalStore';
import { requestHashOf } from './store/rows';
import { movedOn } from '../actions/checkSeen';

export interface ApprovalRequestsOptions {
  /** @throws when the database is not open */
  store: () => ApprovalStore;
  grounds: Grounds;
  judge: ApprovalJudge;
  open: OpenApprovals;
  authors: {
    modules: readonly ChangeAuthors[];
    lastChange: (uid: string) => Promise<ActionRecord | undefined>;
  };
}

export interface AskForApproval {
  ref: RolloutRef;
  request: CreateApprovalRequest;
  /** The person's entity ref. */
  principal: string;
  /** On whose ground the person may ask. */
  entityRef: string;
  /** As the portal shows it. */
  detail: RolloutDetail;
  /** Says what the action would do. @throws ActionRefusedError when it may not be done */
  tryOut: () => Promise<ActionResult>;
}

/** Asking for approval. Who may has been decided before. */
export class ApprovalRequests {
  constructor(private readonly options: ApprovalRequestsOptions) {}

  /** @throws ActionRefusedError with the reason */
  async ask(asked: AskForApproval): Promise<ApprovalRecord> {
    const { grounds, judge, store, open } = this.options;
    const { ref, request, principal, entityRef } = asked;
    const { action, seen } = request;
    const subject = grounds.subject(ref, action);
    if (!subject) {
      throw new ActionRefusedError(movedOn('It was deleted.'));
    }
    const entity = subject.entities.find(each => each.entityRef === entityRef);
    const base = {
      ref,
      bound: seen,
      action,
      entityRef,
      ownerRefs: entity?.ownerRefs ?? [],
    };
    const moved = whatMoved(base, subject);
    if (moved !== undefined) {
      throw new ActionRefusedError(movedOn(moved));
    }
    const now = await store().now();
    const { policies, broken, requirements } = judge.judge(subject, now, {
      votes: [],
      entityRef,
    });
    const unkeepable =
      broken[0]?.message ??
      requirements.find(each => each.broken !== undefined)?.broken;
    if (unkeepable !== undefined) {
      throw new ActionRefusedError({
        code: 'locked',
        message: unkeepable,
        remedy: 'It stays locked until the policy is mended.',
      });
    }
    if (policies.length === 0) {
      throw new ActionRefusedError({
        code: 'not-applicable',
        message: 'No policy asks for approval of this.',
        remedy: 'Do it.',
      });
    }
    const trial = await asked.tryOut();
    const authors = await changeAuthors(
      subject.rollout,
      {
        ref,
        uid: seen.uid,
        podHash: seen.podHash,
        images: asked.detail.images,
      },
      {
        ...this.options.authors,
        begunAt: asked.detail.startedAt
          ? Date.parse(asked.detail.startedAt)
          : undefined,
      },
    );
    const { images, toRevision, analysisRun } = request;
    const made: NewApproval = {
      ...base,
      specHash: specHash(subject.rollout),
      id: randomUUID(),
      idempotencyKey: request.idempotencyKey,
      label: requestLabel(request, asked.detail),
      details: { images, toRevision, analysisRun },
      authors,
      policies: policies.map(policy => ({
        policy,
        approvers: judge.approversOf(policy, subject, entityRef),
      })),
      snapshot: snapshotOf(asked.detail, trial.consequences, now),
      requestedBy: principal,
      barred: barredBy(policies, principal, authors),
      reason: request.reason,
      validityMilliseconds: shortestValidity(policies),
    };
    const { request: record, created } = await store().create(made);
    const sameKey = record.idempotencyKey === made.idempotencyKey;
    if (!created && sameKey && record.requestHash !== requestHashOf(made)) {
      throw new ActionRefusedError({
        code: 'invalid',
        message: 'The idempotency key belongs to another decision.',
        remedy: 'Make a new key for each decision.',
      });
    }
    if (!created && !sameKey) {
      throw new ActionRefusedError({
        code: 'conflict',
        message: `${record.requestedBy} has asked for the same already.`,
        remedy: `Look at request ${record.id}.`,
      });
    }
    open.put(record);
    return record;
  }
}

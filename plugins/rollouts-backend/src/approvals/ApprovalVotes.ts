import type { SeenState } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { randomUUID } from 'node:crypto';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import { movedOn } from '../actions/checkSeen';
import { countVotes } from './decide/countVotes';
import type { Directory } from './people/Directory';
import { votersRoles, type VoterRole } from './people/votersRoles';
import type { OpenApprovals } from './OpenApprovals';
import type { ApprovalRecord } from './store/ApprovalRecord';
import type { ApprovalStore, VoteOutcome } from './store/ApprovalStore';

export interface ApprovalVotesOptions {
  /** @throws when the database is not open */
  store: () => ApprovalStore;
  directory: Pick<Directory, 'standing'>;
  open: OpenApprovals;
  /** Why the request is void by now. */
  moved: (request: ApprovalRecord) => string | undefined;
  /** The generation of now, where it is known to be the same manifest but for its replicas. */
  sameGeneration: (request: ApprovalRecord) => number | undefined;
}

/** A person's answer to a request. */
export interface Answer {
  request: ApprovalRecord;
  /** The person's entity ref. */
  principal: string;
}

/**
 * Answering requests. Whether the person has the permission at all has been
 * decided before; here it is about groups, places and what was seen.
 */
export class ApprovalVotes {
  constructor(private readonly options: ApprovalVotesOptions) {}

  /** @throws ActionRefusedError with the reason */
  async approve(
    answer: Answer & { seen: SeenState; reason?: string },
  ): Promise<ApprovalRecord> {
    const { request, seen } = answer;
    const different = notAsSeen(
      request,
      seen,
      this.options.sameGeneration(request),
    );
    if (different) {
      throw new ActionRefusedError(movedOn(different));
    }
    return this.#vote(answer, 'approve');
  }

  /** @throws ActionRefusedError with the reason */
  async reject(answer: Answer & { reason: string }): Promise<ApprovalRecord> {
    return this.#vote(answer, 'reject');
  }

  /** @throws ActionRefusedError when it is not the person's own or has ended */
  async withdraw({
    request,
    principal,
    reason,
  }: Answer & { reason?: string }): Promise<ApprovalRecord> {
    if (request.requestedBy !== principal) {
      throw new ActionRefusedError({
        code: 'not-permitted',
        message: `The request is ${request.requestedBy}'s.`,
        remedy: 'Reject it, with a reason, if you may decide about it.',
      });
    }
    const { ended, request: after } = await this.options
      .store()
      .end(request.id, 'withdrawn', { reason, by: principal });
    this.options.open.put(after);
    if (!ended) {
      throw hasEnded(after);
    }
    return after;
  }

  async comment({
    request,
    principal,
    text,
  }: Answer & { text: string }): Promise<ApprovalRecord> {
    const { request: after } = await this.options
      .store()
      .comment(request.id, { id: randomUUID(), person: principal, text });
    this.options.open.put(after);
    return after;
  }

  async #vote(
    { request, principal, reason }: Answer & { reason?: string },
    decision: 'approve' | 'reject',
  ): Promise<ApprovalRecord> {
    const { store, directory, open, moved } = this.options;
    if (request.state !== 'pending') {
      throw hasEnded(request);
    }
    const why = moved(request);
    if (why !== undefined) {
      const { request: after } = await store().end(request.id, 'voided', {
        reason: why,
      });
      open.put(after);
      throw hasEnded(after);
    }
    const roles = votersRoles(request, await directory.standing(principal));
    if (roles.length === 0) {
      throw new ActionRefusedError({
        code: 'not-permitted',
        message: `You are in none of the groups that decide about this: ${approversOf(request).join(', ')}.`,
        remedy: 'Ask a member of one of them.',
      });
    }
    const outcome = await this.#count(
      request,
      principal,
      reason,
      decision,
      roles,
    );
    open.put(outcome.request);
    switch (outcome.outcome) {
      case 'counted':
        return outcome.request;
      case 'ended':
        throw hasEnded(outcome.request);
      default:
        throw noVote(outcome.request, principal);
    }
  }

  /** In the first role that still has a place. */
  async #count(
    { id }: ApprovalRecord,
    person: string,
    reason: string | undefined,
    decision: 'approve' | 'reject',
    roles: readonly VoterRole[],
  ): Promise<VoteOutcome> {
    let outcome: VoteOutcome | undefined;
    for (const role of roles) {
      outcome = await this.options
        .store()
        .vote(id, { person, decision, reason, ...role }, isApproved);
      if (outcome.outcome !== 'taken') {
        return outcome;
      }
    }
    if (!outcome) {
      throw new TypeError('A vote needs a role');
    }
    return outcome;
  }
}

/** Whether the votes satisfy each of the policies that it was made under. */
export function isApproved({
  policies,
  votes,
}: ApprovalRecord): 'approved' | 'pending' {
  const approvals = votes.filter(({ decision }) => decision === 'approve');
  return policies.every(
    ({ policy, approvers }) =>
      countVotes(
        { match: policy.match, count: policy.count, approvers },
        approvals,
      ).satisfied,
  )
    ? 'approved'
    : 'pending';
}

/** The voter must have seen what the request is bound to, no more and no less. */
function notAsSeen(
  { bound }: ApprovalRecord,
  seen: SeenState,
  sameGeneration: number | undefined,
): string | undefined {
  const same =
    seen.uid === bound.uid &&
    [bound.generation, sameGeneration].includes(seen.generation) &&
    seen.podHash === bound.podHash &&
    seen.stepIndex === bound.stepIndex;
  return same
    ? undefined
    : 'What you saw is not what approval is asked for; the request is about another version, step or generation.';
}

function approversOf({ policies }: ApprovalRecord): string[] {
  return [...new Set(policies.flatMap(({ approvers }) => approvers))];
}

function hasEnded({ id, state, stateReason }: ApprovalRecord) {
  return new ActionRefusedError({
    code: 'conflict',
    message: `The request is ${state}${stateReason ? `: ${stateReason}` : '.'}`,
    remedy: `Look at request ${id}; ask anew if it is still wanted.`,
  });
}

function noVote(request: ApprovalRecord, person: string) {
  const bar = request.barred.find(each => each.person === person);
  const message = bar
    ? `You cannot approve it, because you ${bar.role === 'requester' ? 'have asked for it' : 'have made the change'}.`
    : 'You, or the person you stand in for, have answered already.';
  return new ActionRefusedError({
    code: 'not-permitted',
    message,
    remedy: bar ? 'Somebody else has to.' : 'Wait for the others.',
  });
}

import type {
  ApprovalRequestDetail,
  ApprovalRequestSummary,
  ApprovalRequirement,
  ApprovalRights,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ApprovalJudge } from './ApprovalJudge';
import { requirementOf } from './decide/requirements';
import type { Grounds } from './Grounds';
import { votersRoles } from './people/votersRoles';
import type { Standing } from './people/Directory';
import { OPEN_STATES, type ApprovalRecord } from './store/ApprovalRecord';

/** Who looks. */
export interface Viewer {
  /** `undefined` for a service: it sees, and may do nothing. */
  principal?: string;
  standing?: Standing;
  mayDecide: boolean;
  mayAsk: boolean;
}

/** Requests as one person sees them. */
export class ApprovalViews {
  constructor(
    private readonly options: {
      judge: Pick<ApprovalJudge, 'judge'>;
      grounds: Pick<Grounds, 'subject'>;
      now: () => number;
    },
  ) {}

  summary(request: ApprovalRecord, viewer: Viewer): ApprovalRequestSummary {
    return {
      id: request.id,
      ref: request.ref,
      entityRef: request.entityRef,
      action: request.action,
      label: request.label,
      details: request.details,
      state: request.state,
      stateReason: request.stateReason,
      createdAt: iso(request.createdAt),
      expiresAt: iso(request.expiresAt),
      endedAt: request.endedAt === undefined ? undefined : iso(request.endedAt),
      requestedBy: request.requestedBy,
      authors: request.authors,
      reason: request.reason,
      bound: request.bound,
      requirements: this.#requirements(request),
      votes: request.votes.map(
        ({ person, at, decision, reason, onBehalfOf }) => ({
          by: person,
          at: iso(at),
          decision,
          reason,
          onBehalfOf,
        }),
      ),
      rights: rightsOf(request, viewer),
    };
  }

  detail(request: ApprovalRecord, viewer: Viewer): ApprovalRequestDetail {
    const { execution } = request;
    return {
      ...this.summary(request, viewer),
      snapshot: request.snapshot,
      comments: request.comments.map(({ id, person, text, at }) => ({
        id,
        by: person,
        at: iso(at),
        text,
      })),
      execution: execution && {
        actionId: execution.actionId,
        by: execution.by,
        at: iso(execution.finishedAt ?? execution.claimedAt),
        message: execution.message,
      },
    };
  }

  /** Of an open request with the conditions of now; of an ended one as it was. */
  #requirements(request: ApprovalRecord): ApprovalRequirement[] {
    const { judge, grounds, now } = this.options;
    const subject = OPEN_STATES.includes(request.state)
      ? grounds.subject(request.ref, request.action)
      : undefined;
    const current = subject
      ? judge.judge(subject, now(), request).requirements
      : [];
    const votes = request.votes.filter(each => each.decision === 'approve');
    return request.policies.map(
      ({ policy, approvers }) =>
        current.find(each => each.policy === policy.name) ??
        requirementOf(policy, approvers, votes, [], undefined),
    );
  }
}

/** Whether a person could answer a request, and if not, why. */
export function rightsOf(
  request: ApprovalRecord,
  { principal, standing, mayDecide, mayAsk }: Viewer,
): ApprovalRights {
  const no = (reason: string) => ({ allowed: false, reason });
  const ended = `The request is ${request.state}.`;
  const open = request.state === 'pending' || request.state === 'approved';
  const decide = () => {
    if (principal === undefined) {
      return no('Only people decide, no services.');
    }
    if (request.state !== 'pending') {
      return no(ended);
    }
    const bar = request.barred.find(each => each.person === principal);
    if (bar) {
      return no(
        bar.role === 'requester'
          ? 'You have asked for it.'
          : 'You have made the change.',
      );
    }
    if (
      request.votes.some(({ person }) => person === principal) ||
      request.represented.includes(principal)
    ) {
      return no('You have answered already.');
    }
    if (!mayDecide) {
      return no(
        'You may not decide about approvals here (permission rollouts.approval.decide).',
      );
    }
    return standing && votersRoles(request, standing).length > 0
      ? { allowed: true }
      : no('You are in none of the groups that decide about this.');
  };
  const own = request.requestedBy === principal;
  const answer = decide();
  return {
    approve: answer,
    reject: answer,
    withdraw:
      own && open
        ? { allowed: true }
        : no(own ? ended : 'It is somebody else’s request.'),
    comment:
      principal !== undefined && (mayAsk || mayDecide)
        ? { allowed: true }
        : no('You may neither ask for approval nor decide here.'),
  };
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

import type { ApprovalRequirement } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { GateSubject } from '../gates/ActionGate';
import { evaluateConditions, type ConditionFacts } from './decide/conditions';
import type { CountableVote } from './decide/countVotes';
import { requirementOf } from './decide/requirements';
import type { ApproverRefs } from './people/ApproverRefs';
import type { Directory } from './people/Directory';
import type { ApprovalPolicy, BrokenPolicy } from './policy/ApprovalPolicy';
import { isAbout } from './policy/isAbout';
import type { PolicyRegistry } from './policy/PolicyRegistry';
import type { ApprovalRecord } from './store/ApprovalRecord';

/** What the policies ask of one action, and how far votes meet it. */
export interface Judgement {
  policies: ApprovalPolicy[];
  broken: BrokenPolicy[];
  requirements: ApprovalRequirement[];
  /** When the last of the conditions that only wait for time is met. */
  waitsUntil?: number;
}

/** Sets the policies of now against the votes of a request. */
export class ApprovalJudge {
  constructor(
    private readonly options: {
      registry: Pick<PolicyRegistry, 'applyingTo' | 'whyBroken'>;
      approvers: Pick<ApproverRefs, 'of'>;
      directory: Pick<Directory, 'standing'>;
      facts: (subject: GateSubject) => ConditionFacts;
    },
  ) {}

  /** `request`: the one whose votes count; of an entity, when several are granted. */
  judge(
    subject: GateSubject,
    now: number,
    request?: Pick<ApprovalRecord, 'votes' | 'entityRef'>,
    votes?: readonly CountableVote[],
  ): Judgement {
    const { registry, facts } = this.options;
    const { policies, broken } = registry.applyingTo(subject);
    const given = votes ?? approvalsOf(request);
    let waitsUntil: number | undefined;
    const needsFacts = policies.some(hasConditions);
    const known = needsFacts ? facts(subject) : { analysisRuns: [] };
    const requirements = policies.map(policy => {
      const conditions = evaluateConditions(policy, known, now);
      for (const { metAt } of conditions) {
        waitsUntil =
          metAt === undefined ? waitsUntil : Math.max(metAt, waitsUntil ?? 0);
      }
      return requirementOf(
        policy,
        this.approversOf(policy, subject, request?.entityRef),
        given,
        conditions,
        registry.whyBroken(policy),
      );
    });
    return { policies, broken, requirements, waitsUntil };
  }

  /**
   * Of the request's entity, or the first that is granted before there is a
   * request: among those that the policy is about.
   */
  approversOf(
    policy: ApprovalPolicy,
    { entities }: GateSubject,
    entityRef: string | undefined,
  ): string[] {
    const concerned = entities.filter(each => isAbout(policy, each));
    const entity =
      concerned.find(each => each.entityRef === entityRef) ?? concerned[0];
    return entity ? this.options.approvers.of(policy, entity) : [];
  }

  /**
   * The votes by who the voters are now: somebody who has left the group does
   * not count any more.
   * @throws when the catalog does not answer
   */
  async votesNow(
    request: Pick<ApprovalRecord, 'votes'>,
  ): Promise<CountableVote[]> {
    return Promise.all(
      request.votes
        .filter(({ decision }) => decision === 'approve')
        .map(async ({ person, onBehalfOf, countsAs }) => {
          const { own } = await this.options.directory.standing(
            onBehalfOf ?? person,
          );
          return {
            person,
            countsAs: countsAs.filter(ref => own.has(ref)),
          };
        }),
    );
  }
}

function approvalsOf(
  request: Pick<ApprovalRecord, 'votes'> | undefined,
): CountableVote[] {
  return (request?.votes ?? []).filter(
    ({ decision }) => decision === 'approve',
  );
}

function hasConditions({ conditions }: ApprovalPolicy): boolean {
  return (
    conditions.analysisSuccessful ||
    conditions.minimumRequests !== undefined ||
    conditions.minimumStepMilliseconds !== undefined
  );
}

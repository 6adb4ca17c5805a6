import { parseEntityRef } from '@backstage/catalog-model';
import type { Request } from 'express';
import { principalOf } from '../access/principalOf';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import type { PersonsCredentials } from '../approvals/DeferredActs';
import type { ApprovalRecord } from '../approvals/store/ApprovalRecord';
import { findRollout } from './findRollout';
import type { RouterContext } from './RouterContext';

export interface ActOnApproval {
  request: ApprovalRecord;
  /** Of who gave the last approval. */
  credentials: PersonsCredentials;
  /** Absent when it was put off until now. */
  req?: Request;
}

/**
 * Carries out what has just been approved, when all policies say that the last
 * approval acts. It is done with the rights of who gave that approval, asked
 * at that moment; whoever lacks them has unlocked it for others. While a further
 * condition of a policy is not met it is put off.
 */
export async function actOnApproval(
  context: RouterContext,
  { request, credentials, req }: ActOnApproval,
): Promise<{ request: ApprovalRecord; notice?: string }> {
  const { access, actions, approvals, auditor, deferred, fleet } = context;
  if (request.state !== 'approved') {
    return { request };
  }
  if (request.policies.some(({ policy }) => policy.onApproval !== 'act')) {
    return {
      request,
      notice: `Approved. ${request.label} is unlocked until it expires.`,
    };
  }
  const { ref, action, id } = request;
  const principal = principalOf(credentials);
  const event = await auditor.createEvent({
    eventId: 'rollout-action',
    request: req,
    severityLevel: 'medium',
    meta: { ...ref, action, approval: id, principal },
  });
  try {
    const found = await findRollout(context, credentials, { ...ref });
    const answer = await access.action(credentials, action, found);
    if (!answer.allowed) {
      const { code, message, remedy } = answer;
      throw new ActionRefusedError({ code, message, remedy });
    }
    const awaited = approvals.awaited(request);
    if (awaited !== undefined && deferred.add(id, credentials)) {
      await approvals.held(request, principal, awaited);
      await event.success({ meta: { outcome: 'deferred' } });
      return {
        request,
        notice: `Approved. It is carried out by itself once a further condition is met: ${awaited}`,
      };
    }
    const cluster = fleet.get(ref.cluster);
    if (!cluster) {
      throw new ActionRefusedError({
        code: 'cluster-unreachable',
        message: `There is no cluster "${ref.cluster}" any more.`,
      });
    }
    const result = await actions.act({
      cluster,
      ref,
      action,
      request: {
        // The same for every try, so that it has one effect; no key of a
        // person can be like it, because theirs have no colon.
        idempotencyKey: `approval:${id}`,
        seen: request.bound,
        reason: saidWhenAsked(request),
        ...request.details,
      },
      principal,
      entityRef: answer.entityRef,
    });
    await event.success({ meta: { outcome: result.outcome } });
    return { ...(await afterwards()), notice: result.message };
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(String(error)),
    });
    const refused = error instanceof ActionRefusedError;
    await approvals.held(
      request,
      principal,
      refused ? error.refusal.message : String(error),
    );
    if (!refused) {
      throw error;
    }
    const { message, remedy = '' } = error.refusal;
    return {
      ...(await afterwards()),
      notice: `Approved, but not carried out. ${message} ${remedy}`.trim(),
    };
  }

  async function afterwards() {
    return { request: (await approvals.store.reads.find(id)) ?? request };
  }
}

/** What the record of the action says: whose wish was approved, and why it was. */
function saidWhenAsked({ requestedBy, reason }: ApprovalRecord): string {
  const { name } = parseEntityRef(requestedBy);
  return [`Approved, as ${name} has asked`, reason].filter(Boolean).join(': ');
}

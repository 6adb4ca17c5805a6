import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import type { ApprovalRecord } from '../approvals/store/ApprovalRecord';
import { findRollout } from './findRollout';
import type { RouterContext } from './RouterContext';

/**
 * Carries out what has just been approved, when all policies say that the last
 * approval acts. It is done with the rights of who gave that approval, who is
 * here; whoever lacks them has unlocked it for others.
 */
export async function actOnApproval(
  context: RouterContext,
  req: Request,
  credentials: BackstageCredentials<BackstageUserPrincipal>,
  request: ApprovalRecord,
): Promise<{ request: ApprovalRecord; notice?: string }> {
  const { access, actions, approvals, auditor, fleet } = context;
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
  const event = await auditor.createEvent({
    eventId: 'rollout-action',
    request: req,
    severityLevel: 'medium',
    meta: { ...ref, action, approval: id },
  });
  try {
    const found = await findRollout(context, credentials, { ...ref });
    const answer = await access.action(credentials, action, found);
    if (!answer.allowed) {
      const { code, message, remedy } = answer;
      throw new ActionRefusedError({ code, message, remedy });
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
        // The same for every try, so that it has one effect.
        idempotencyKey: id,
        seen: request.bound,
        reason: `Approved: request ${id} of ${request.requestedBy}`,
        ...request.details,
      },
      principal: credentials.principal.userEntityRef,
      entityRef: answer.entityRef,
    });
    await event.success({ meta: { outcome: result.outcome } });
    return { ...(await afterwards()), notice: result.message };
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(String(error)),
    });
    if (!(error instanceof ActionRefusedError)) {
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

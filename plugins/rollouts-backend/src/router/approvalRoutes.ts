import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type {
  ApprovalPage,
  ApproveRequest,
  CreateApprovalRequest,
  RejectRequest,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Request, Response, Router } from 'express';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import type { ApprovalRecord } from '../approvals/store/ApprovalRecord';
import { approvalGround } from '../access/approvalGround';
import { principalOf } from '../access/principalOf';
import { actOnApproval } from './actOnApproval';
import { approvalViewer } from './approvalViewer';
import { decodeCursor, encodeCursor } from './approvalCursor';
import { findRollout } from './findRollout';
import type { RouterContext } from './RouterContext';

/** Asking for approval, deciding about it, and looking at both. */
export function addApprovalRoutes(
  router: Router,
  context: RouterContext,
): void {
  const { httpAuth, access, approvals, limits, views } = context;
  const rolloutPath = '/v1/rollouts/:cluster/:namespace/:name/approvals';

  router.get(rolloutPath, async (req, res) => {
    const credentials = await readers(req);
    const found = await findRollout(context, credentials, req.params);
    const { namespace = '', name = '' } = req.params as Record<string, string>;
    await sendPage(req, res, credentials, {
      cluster: found.cluster,
      namespace,
      name,
    });
  });

  router.get(
    '/v1/entities/:kind/:namespace/:name/approvals',
    async (req, res) => {
      const credentials = await readers(req);
      const {
        kind = '',
        namespace = '',
        name = '',
      } = req.params as Record<string, string>;
      const entityRef = stringifyEntityRef({ kind, namespace, name });
      if (!(await access.readable(credentials, [entityRef])).has(entityRef)) {
        throw new NotAllowedError(
          `You may not see the rollouts of ${entityRef}. Ask one of its owners.`,
        );
      }
      await sendPage(req, res, credentials, { entity_ref: entityRef });
    },
  );

  router.get('/v1/approvals/waiting', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { limit, after } = pageOf(req);
    const viewers = approvalViewer(context, credentials);
    const summaries = [];
    for (const request of approvals.open.all) {
      const viewer = await viewers(request.entityRef);
      const summary = viewer && approvals.views.summary(request, viewer);
      if (summary?.rights.approve.allowed) {
        summaries.push(summary);
      }
    }
    const start = after
      ? summaries.findIndex(({ id }) => id === after.id) + 1
      : 0;
    const items = summaries.slice(start, start + limit);
    const last = items.at(-1);
    const page: ApprovalPage = {
      items,
      total: summaries.length,
      nextCursor:
        last && start + limit < summaries.length
          ? encodeCursor({ id: last.id, createdAt: Date.parse(last.createdAt) })
          : undefined,
    };
    res.json(page);
  });

  router.get('/v1/approvals/policies', async (req, res) => {
    await readers(req);
    res.json({ items: approvals.registry.views });
  });

  router.get('/v1/approvals/:id', async (req, res) => {
    const credentials = await readers(req);
    const request = await findRequest(credentials, req.params.id);
    await send(res, credentials, request);
  });

  router.post(rolloutPath, async (req, res) => {
    const { credentials, principal } = await person(req);
    const body = req.body as CreateApprovalRequest;
    const found = await findRollout(context, credentials, req.params);
    const { namespace = '', name = '' } = req.params as Record<string, string>;
    const ref = { cluster: found.cluster, namespace, name };
    await audited(
      req,
      'approval-request',
      { ...ref, action: body.action },
      async () => {
        const entityRef = await approvalGround(
          access,
          credentials,
          'request-approval',
          found,
        );
        const cluster = context.fleet.get(found.cluster);
        const made = views.detail(found.key);
        if (!cluster || !made) {
          throw new NotFoundError('The rollout is gone.');
        }
        const { images, toRevision, analysisRun } = body;
        const request = await approvals.requests.ask({
          ref,
          request: body,
          principal,
          entityRef,
          detail: made.detail,
          tryOut: () =>
            context.actions.act({
              cluster,
              ref,
              action: body.action,
              request: {
                idempotencyKey: body.idempotencyKey,
                seen: body.seen,
                dryRun: true,
                images,
                toRevision,
                analysisRun,
              },
              principal,
              entityRef,
            }),
        });
        await send(res.status(201), credentials, request);
      },
    );
  });

  router.post('/v1/approvals/:id/approve', async (req, res) => {
    const { credentials, principal } = await person(req);
    const { seen, reason } = req.body as ApproveRequest;
    const request = await findRequest(credentials, req.params.id);
    await audited(req, 'approval-approve', metaOf(request), async () => {
      await mustDecide(credentials, request);
      const after = await approvals.votes.approve({
        request,
        principal,
        seen,
        reason,
      });
      const acted = await actOnApproval(context, {
        request: after,
        credentials,
        req,
      });
      await send(res, credentials, acted.request, acted.notice);
    });
  });

  router.post('/v1/approvals/:id/reject', async (req, res) => {
    const { credentials, principal } = await person(req);
    const { reason } = req.body as RejectRequest;
    const request = await findRequest(credentials, req.params.id);
    await audited(req, 'approval-reject', metaOf(request), async () => {
      await mustDecide(credentials, request);
      await send(
        res,
        credentials,
        await approvals.votes.reject({ request, principal, reason }),
      );
    });
  });

  router.post('/v1/approvals/:id/withdraw', async (req, res) => {
    const { credentials, principal } = await person(req);
    const { reason } = req.body as { reason?: string };
    const request = await findRequest(credentials, req.params.id);
    await audited(req, 'approval-withdraw', metaOf(request), async () => {
      await send(
        res,
        credentials,
        await approvals.votes.withdraw({ request, principal, reason }),
      );
    });
  });

  router.post('/v1/approvals/:id/comments', async (req, res) => {
    const { credentials, principal } = await person(req);
    const { text } = req.body as { text: string };
    const request = await findRequest(credentials, req.params.id);
    await audited(req, 'approval-comment', metaOf(request), async () => {
      const viewer = await approvalViewer(
        context,
        credentials,
      )(request.entityRef);
      if (!viewer?.mayAsk && !viewer?.mayDecide) {
        throw new NotAllowedError(
          'You may neither ask for approval nor decide here.',
        );
      }
      await send(
        res,
        credentials,
        await approvals.votes.comment({ request, principal, text }),
      );
    });
  });

  function readers(req: Request) {
    return httpAuth.credentials(req, { allow: ['user', 'service'] });
  }

  /** Only people ask and decide: what a service says is nobody's word. */
  async function person(req: Request) {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const principal = principalOf(credentials);
    limits.take(principal);
    return { credentials, principal };
  }

  /** Who may not see it gets the same answer as for one that does not exist. */
  async function findRequest(
    credentials: BackstageCredentials,
    id: string | undefined,
  ): Promise<ApprovalRecord> {
    const request = await approvals.store.reads.find(id ?? '');
    const readable =
      request && (await access.readable(credentials, [request.entityRef]));
    if (!request || !readable?.has(request.entityRef)) {
      throw new NotFoundError(`There is no request "${id}" that you may see.`);
    }
    return request;
  }

  async function mustDecide(
    credentials: BackstageCredentials,
    request: ApprovalRecord,
  ): Promise<void> {
    const { entityRef } = request;
    if (!(await access.has(credentials, 'decide-approval', entityRef))) {
      throw new ActionRefusedError({
        code: 'not-permitted',
        message: `You may not decide about the rollouts of ${entityRef}.`,
        remedy:
          'Ask the portal’s operator for the permission rollouts.approval.decide.',
      });
    }
  }

  async function send(
    res: Response,
    credentials: BackstageCredentials,
    request: ApprovalRecord,
    notice?: string,
  ): Promise<void> {
    const viewer = await approvalViewer(
      context,
      credentials,
    )(request.entityRef);
    res.json({
      ...approvals.views.detail(
        request,
        viewer ?? { mayAsk: false, mayDecide: false },
      ),
      notice,
    });
  }

  async function sendPage(
    req: Request,
    res: Response,
    credentials: BackstageCredentials,
    where: Parameters<typeof approvals.store.reads.page>[0],
  ): Promise<void> {
    const { limit, after } = pageOf(req);
    const { items, total } = await approvals.store.reads.page(where, {
      open: req.query.state !== 'all',
      limit,
      before: after,
    });
    const viewers = approvalViewer(context, credentials);
    const summaries = [];
    for (const request of items) {
      const viewer = await viewers(request.entityRef);
      if (viewer) {
        summaries.push(approvals.views.summary(request, viewer));
      }
    }
    const last = items.at(-1);
    const page: ApprovalPage = {
      items: summaries,
      total,
      nextCursor:
        last && items.length === limit ? encodeCursor(last) : undefined,
    };
    res.json(page);
  }

  async function audited(
    req: Request,
    eventId: string,
    meta: Record<string, string>,
    work: () => Promise<void>,
  ): Promise<void> {
    const event = await context.auditor.createEvent({
      eventId,
      request: req,
      severityLevel: 'medium',
      meta,
    });
    try {
      await work();
      await event.success();
    } catch (error) {
      await event.fail({
        error: error instanceof Error ? error : new Error(String(error)),
      });
      throw error;
    }
  }
}

function metaOf({ id, ref, action }: ApprovalRecord): Record<string, string> {
  return { requestId: id, ...ref, action };
}

function pageOf(req: Request) {
  const { limit, cursor } = req.query as { limit?: string; cursor?: string };
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  if (cursor !== undefined && !after) {
    throw new InputError('The cursor is not one of ours.');
  }
  return { limit: Number(limit ?? 50), after };
}

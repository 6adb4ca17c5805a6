import { NotFoundError } from '@backstage/errors';
import {
  isGatedAction,
  type ActionRequest,
  type RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Router } from 'express';
import { principalOf } from '../access/principalOf';
import { requireEmergency } from '../access/requireEmergency';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import { findRollout } from './findRollout';
import type { RouterContext } from './RouterContext';

/** What people do. */
export function addActionRoute(router: Router, context: RouterContext): void {
  const { httpAuth, access, fleet, actions, auditor, limits } = context;

  router.post(
    '/v1/rollouts/:cluster/:namespace/:name/actions/:action',
    async (req, res) => {
      const credentials = await httpAuth.credentials(req, { allow: ['user'] });
      const principal = principalOf(credentials);
      const action = req.params.action as RolloutAction;
      if (action !== 'abort') {
        limits.take(principal);
      }
      // Checked against the OpenAPI description before.
      const request = req.body as ActionRequest;
      const found = await findRollout(context, credentials, req.params);
      const ref = {
        cluster: found.cluster,
        namespace: req.params.namespace ?? '',
        name: req.params.name ?? '',
      };
      const event = await auditor.createEvent({
        eventId: 'rollout-action',
        request: req,
        severityLevel: request.emergency ? 'high' : 'medium',
        meta: {
          ...ref,
          action,
          uid: request.seen.uid,
          idempotencyKey: request.idempotencyKey,
          dryRun: request.dryRun === true,
          emergency: request.emergency === true,
          reason: request.reason,
        },
      });
      try {
        const answer = await access.action(credentials, action, found);
        if (!answer.allowed) {
          const { code, message, remedy } = answer;
          throw new ActionRefusedError({ code, message, remedy });
        }
        if (request.emergency && isGatedAction(action)) {
          await requireEmergency(
            access,
            credentials,
            answer.entityRef,
            request.reason,
          );
        }
        const cluster = fleet.get(found.cluster);
        if (!cluster) {
          throw new NotFoundError(`There is no cluster "${found.cluster}".`);
        }
        const result = await actions.act({
          cluster,
          ref,
          action,
          request,
          principal,
          entityRef: answer.entityRef,
          onUnrecorded: async cause => {
            const unrecorded = await auditor.createEvent({
              eventId: 'rollout-action-unrecorded',
              request: req,
              severityLevel: 'high',
              meta: { ...ref, action, cause: cause.message },
            });
            await unrecorded.success();
          },
        });
        await event.success({
          meta: { outcome: result.outcome, actionId: result.id },
        });
        res.json(result);
      } catch (error) {
        await event.fail({
          error: error instanceof Error ? error : new Error(String(error)),
        });
        throw error;
      }
    },
  );
}

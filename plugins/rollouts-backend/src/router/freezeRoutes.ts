import { InputError } from '@backstage/errors';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  CreateFreezeRequest,
  FreezeOccurrence,
  FreezeView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Request, Router } from 'express';
import { readEntityRef } from '../entities/readEntityRef';
import { couldConcern } from '../freezes/couldConcern';
import { freezeView, occurrenceView } from '../freezes/freezeViews';
import { findRollout } from './findRollout';
import { principalOf } from '../access/principalOf';
import type { RouterContext } from './RouterContext';

const DAY = 24 * 60 * 60_000;
const LONGEST = 400 * DAY;
const DEFAULT_AHEAD = 30 * DAY;

/** Freeze windows: what is closed when, and who closes it. */
export function addFreezeRoutes(router: Router, context: RouterContext): void {
  const { httpAuth, freezeAccess, auditor, freezes, limits } = context;
  const { fleet, views, clock } = context;
  const { calendar, stored } = freezes;

  async function reader(req: Request): Promise<BackstageCredentials> {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    await freezeAccess.require(credentials, 'see');
    return credentials;
  }

  function clusterNames(): ReadonlySet<string> {
    return new Set(fleet.clusters.map(({ name }) => name));
  }

  function viewOf(id: string): FreezeView | undefined {
    const now = clock.now();
    const window = calendar.windows.find(each => each.id === id);
    return (
      window && freezeView(window, calendar.next(id, now), now, clusterNames())
    );
  }

  router.get('/v1/freezes', async (req, res) => {
    await reader(req);
    res.json({
      items: calendar.windows.flatMap(({ id }) => viewOf(id) ?? []),
    });
  });

  router.get('/v1/freezes/occurrences', async (req, res) => {
    await reader(req);
    const now = clock.now();
    // Checked against the OpenAPI description before.
    const { cluster, namespace, tier, entity } = req.query as Record<
      string,
      string | undefined
    >;
    const entityRef =
      entity === undefined ? undefined : readEntityRef(entity, 'component');
    const filter = {
      cluster,
      namespace,
      tier,
      entity:
        entityRef === undefined
          ? undefined
          : (views.index.selection(entityRef) ?? { entityRef, ownerRefs: [] }),
    };
    const items: FreezeOccurrence[] = calendar
      .between(...rangeOf(req, now), window => couldConcern(window, filter))
      .map(each => occurrenceView(each, now, clusterNames()));
    res.json({ items });
  });

  router.get(
    '/v1/rollouts/:cluster/:namespace/:name/freezes',
    async (req, res) => {
      const credentials = await reader(req);
      const { cluster, rollout } = await findRollout(
        context,
        credentials,
        req.params,
      );
      const now = clock.now();
      const items: FreezeOccurrence[] = calendar
        .betweenOf(context.selectable(cluster, rollout), ...rangeOf(req, now))
        .map(each => occurrenceView(each, now, clusterNames()));
      res.json({ items });
    },
  );

  router.post('/v1/freezes', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const by = principalOf(credentials);
    limits.take(by);
    const { idempotencyKey, ...definition } = req.body as CreateFreezeRequest;
    const event = await auditor.createEvent({
      eventId: 'freeze-create',
      request: req,
      severityLevel: 'medium',
      meta: { name: definition.name, reason: definition.reason },
    });
    try {
      await freezeAccess.require(credentials, 'make');
      const id = await stored.create(definition, by, idempotencyKey);
      await event.success({ meta: { id } });
      res.status(201).json(viewOf(id));
    } catch (error) {
      await event.fail({ error: asError(error) });
      throw error;
    }
  });

  router.post('/v1/freezes/:id/end', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    limits.take(principalOf(credentials));
    const { id = '' } = req.params;
    const { reason } = req.body as { reason?: string };
    const event = await auditor.createEvent({
      eventId: 'freeze-end',
      request: req,
      severityLevel: 'medium',
      meta: { id, reason },
    });
    try {
      await freezeAccess.require(credentials, 'end');
      await stored.end(id, principalOf(credentials), reason);
      await event.success();
      res.json(viewOf(id));
    } catch (error) {
      await event.fail({ error: asError(error) });
      throw error;
    }
  });
}

/** @throws InputError when it is none, or more than 400 days */
function rangeOf(req: Request, now: number): [from: number, to: number] {
  const { from, to } = req.query as Record<string, string | undefined>;
  const start = from === undefined ? now : Date.parse(from);
  const end = to === undefined ? start + DEFAULT_AHEAD : Date.parse(to);
  if (!(end > start && end - start <= LONGEST)) {
    throw new InputError(
      'Write "from" and "to" as moments such as 2026-11-27T00:00:00Z, "to" after "from" and at most 400 days later.',
    );
  }
  return [start, end];
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

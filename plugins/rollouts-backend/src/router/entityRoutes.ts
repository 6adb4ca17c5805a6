import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { Request, Router } from 'express';
import { entityState, entityStateJson } from '../view/entityRollouts';
import { beginEventStream } from './beginEventStream';
import { sendConditionally } from './conditional';
import type { RouterContext } from './RouterContext';

/** What an entity's page shows, once and as it changes. */
export function addEntityRoutes(router: Router, context: RouterContext): void {
  const { httpAuth, access, views, catalog, streams, places } = context;
  const path = '/v1/entities/:kind/:namespace/:name';

  async function authorise(req: Request) {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const {
      kind = '',
      namespace = '',
      name = '',
    } = req.params as Record<string, string>;
    const entityRef = stringifyEntityRef({ kind, namespace, name });
    const readable = await access.readable(credentials, [entityRef]);
    if (!readable.has(entityRef)) {
      throw new NotAllowedError(
        `You may not see the rollouts of ${entityRef}. Ask one of its owners.`,
      );
    }
    if (!views.index.selection(entityRef)) {
      await catalog.lookFor(entityRef);
    }
    const permitted = await access.permitted(credentials, entityRef);
    return { credentials, entityRef, permitted };
  }

  router.get(`${path}/rollouts`, async (req, res) => {
    const { entityRef, permitted } = await authorise(req);
    const state = entityState(views, access, entityRef, permitted);
    sendConditionally(req, res, state.etag, () => entityStateJson(state));
  });

  router.get(`${path}/stream`, async (req, res) => {
    const reader = await authorise(req);
    if (res.closed) {
      // Who has left meanwhile would never close what is opened now.
      return;
    }
    const sink = beginEventStream(res, places, reader.credentials);
    const close = streams.open({
      ...reader,
      lastEventId: req.header('Last-Event-ID'),
      sink,
    });
    res.on('close', close);
  });
}

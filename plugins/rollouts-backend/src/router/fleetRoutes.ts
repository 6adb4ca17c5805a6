import { createHash } from 'node:crypto';
import type { Request, Router } from 'express';
import type { FleetListQuery } from '../fleet/FleetLists';
import { beginEventStream } from './beginEventStream';
import { sendConditionally } from './conditional';
import type { RouterContext } from './RouterContext';

/** All rollouts that somebody may see. Answered from memory alone. */
export function addFleetRoutes(
  router: Router,
  { httpAuth, fleetView, places }: RouterContext,
): void {
  async function reader(req: Request) {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    return { credentials, sight: await fleetView.sightOf(credentials) };
  }

  router.get('/v1/fleet/rollouts', async (req, res) => {
    const { sight } = await reader(req);
    // Checked against the OpenAPI description before.
    const query = req.query as unknown as FleetListQuery;
    const etag = createHash('sha256')
      .update(`${fleetView.etag(sight)} ${JSON.stringify(query)}`)
      .digest('base64url')
      .slice(0, 22);
    sendConditionally(req, res, etag, () => fleetView.page(sight, query));
  });

  router.get('/v1/fleet/waiting', async (req, res) => {
    const { sight } = await reader(req);
    res.json(fleetView.waiting(sight));
  });

  router.get('/v1/fleet/stream', async (req, res) => {
    const read = await reader(req);
    if (res.closed) {
      // Who has left meanwhile would never close what is opened now.
      return;
    }
    const close = fleetView.streams.open({
      ...read,
      lastEventId: req.header('Last-Event-ID'),
      sink: beginEventStream(res, places, read.credentials),
    });
    res.on('close', close);
  });
}

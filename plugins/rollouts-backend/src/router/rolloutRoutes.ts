import { createHash } from 'node:crypto';
import {
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { Router } from 'express';
import type {
  AccessView,
  ClusterView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { listRollouts, type ListQuery } from '../view/listRollouts';
import { sendConditionally } from './conditional';
import { findRollout, type FoundRollout } from './findRollout';
import { accessOf } from './accessOf';
import type { RouterContext } from './RouterContext';

/** Clusters, and rollouts by list and by name. */
export function addRolloutRoutes(router: Router, context: RouterContext): void {
  const { httpAuth, views, fleet, access } = context;

  router.get('/v1/clusters', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['user', 'service'] });
    const body: { items: ClusterView[] } = { items: views.clusterViews() };
    res.json(body);
  });

  router.get('/v1/rollouts', async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    // Checked against the OpenAPI description before.
    const query = req.query as unknown as ListQuery;
    res.json(await listRollouts(views, access, credentials, query));
  });

  const path = '/v1/rollouts/:cluster/:namespace/:name';

  router.get(path, async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const found = await findRollout(context, credentials, req.params);
    const made = detailOf(found);
    const accessJson = JSON.stringify(
      (await accessOf(context, credentials, found)) satisfies AccessView,
    );
    const etag = `${made.detail.version}.${createHash('sha256').update(accessJson).digest('base64url').slice(0, 12)}`;
    sendConditionally(
      req,
      res,
      etag,
      () => `{"rollout":${made.json},"access":${accessJson}}`,
    );
  });

  router.get(`${path}/analysis-runs`, async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const found = await findRollout(context, credentials, req.params);
    res.json({ items: detailOf(found).detail.analysisRuns });
  });

  // The one read that asks a cluster: a log is nowhere else.
  router.get(`${path}/pods/:pod/log`, async (req, res) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const found = await findRollout(context, credentials, req.params);
    if (!found.readable.some(ref => access.owns(found, ref))) {
      throw new NotAllowedError(
        'Logs need more than an annotation: put the label backstage.io/kubernetes-id of your entity on the Rollout, or ask the portal’s operator to add the namespace under rollouts.ownership.',
      );
    }
    const { revisions } = detailOf(found).detail;
    const { pod = '', namespace = '' } = req.params as Record<string, string>;
    if (!revisions.some(({ pods }) => pods.some(({ name }) => name === pod))) {
      throw new NotFoundError(`The rollout has no pod "${pod}" (any more).`);
    }
    const client = fleet.get(found.cluster)?.client;
    if (!client) {
      throw new ServiceUnavailableError(
        `Cluster "${found.cluster}" is not usable.`,
      );
    }
    const { container, tailLines } = req.query as {
      container?: string;
      tailLines?: number | string;
    };
    const log = await client
      .podLog(
        { namespace, name: pod },
        {
          container,
          tailLines: Number(tailLines ?? 200),
          limitBytes: 1024 * 1024,
        },
      )
      .catch(error => {
        if (error?.status === 400) {
          throw new InputError(error.message);
        }
        throw new ServiceUnavailableError(
          `The log of pod "${pod}" cannot be had: ${error.message}`,
          error,
        );
      });
    res.type('text/plain').setHeader('X-Content-Type-Options', 'nosniff');
    res.send(log);
  });

  function detailOf({ key }: FoundRollout) {
    const made = views.detail(key);
    if (!made) {
      throw new NotFoundError('The rollout is gone.');
    }
    return made;
  }
}

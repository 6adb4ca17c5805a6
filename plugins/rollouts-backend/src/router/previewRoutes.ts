import type { Router } from 'express';
import type {
  LintRequest,
  SimulateRequest,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { readerOf } from '../access/readerOf';
import { lintManifests } from '../preview/lintManifests';
import { PreviewLimits } from '../preview/PreviewLimits';
import { simulateManifests } from '../preview/simulateManifests';
import type { RouterContext } from './RouterContext';

/**
 * What would happen, for manifests that somebody sends along: no cluster is
 * read, nothing is kept. Whoever is signed in may ask, at a person's pace.
 */
export function addPreviewRoutes(
  router: Router,
  { httpAuth, clock }: Pick<RouterContext, 'httpAuth' | 'clock'>,
): void {
  const limits = new PreviewLimits(clock);
  const admit = async (req: Parameters<typeof httpAuth.credentials>[0]) => {
    const credentials = await httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    limits.take(readerOf(credentials));
  };

  // The bodies are checked against the OpenAPI description before.
  router.post('/v1/lint', async (req, res) => {
    await admit(req);
    res.json(lintManifests(req.body as LintRequest));
  });

  router.post('/v1/simulate', async (req, res) => {
    await admit(req);
    res.json(simulateManifests(req.body as SimulateRequest));
  });
}

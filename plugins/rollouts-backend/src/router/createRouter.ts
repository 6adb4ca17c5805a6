import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import express, { type ErrorRequestHandler } from 'express';
import Router from 'express-promise-router';
import * as OpenApiValidator from 'express-openapi-validator';
import { parse } from 'yaml';
import { TooManyActionsError } from '../actions/ActionLimits';
import { ActionRefusedError } from '../actions/ActionRefusedError';
import { addActionRoute } from './actionRoute';
import { addApprovalRoutes } from './approvalRoutes';
import { addEntityRoutes } from './entityRoutes';
import { addFleetRoutes } from './fleetRoutes';
import { addHistoryRoutes } from './historyRoutes';
import { addFreezeRoutes } from './freezeRoutes';
import { invalidRequestText } from './invalidRequestText';
import { TooManyPreviewsError } from '../preview/PreviewLimits';
import { TooManyStreamsError } from '../stream/StreamPlaces';
import { addPreviewRoutes } from './previewRoutes';
import { addRolloutRoutes } from './rolloutRoutes';
import type { RouterContext } from './RouterContext';

const COMMON = '@progressive-delivery/backstage-plugin-rollouts-common';

/** Refusals keep their reason in the body; a request that breaks the contract is the caller's error. */
const translateErrors: ErrorRequestHandler = (error, req, res, next) => {
  if (error instanceof ActionRefusedError) {
    res.status(error.status).json({
      error: { name: error.name, message: error.message },
      response: { statusCode: error.status },
      refusal: error.refusal,
    });
    return;
  }
  if (
    error instanceof TooManyActionsError ||
    error instanceof TooManyPreviewsError ||
    error instanceof TooManyStreamsError
  ) {
    res
      .status(429)
      .set('Retry-After', String(error.retryAfter))
      .json({
        error: { name: error.name, message: error.message },
        response: { statusCode: 429 },
      });
    return;
  }
  if (Array.isArray(error?.errors) && error.status === 400) {
    next(new InputError(invalidRequestText(error, req.query)));
    return;
  }
  next(error);
};

/** The HTTP API, as `openapi.yaml` of the common package describes it. */
export function createRouter(context: RouterContext): express.Router {
  const router = Router();
  router.use(express.json({ limit: '1mb' }));
  router.use(
    OpenApiValidator.middleware({
      apiSpec: parse(
        readFileSync(resolvePackagePath(COMMON, 'openapi.yaml'), 'utf8'),
      ),
      useRequestUrl: true,
      validateRequests: { allowUnknownQueryParameters: false },
      validateResponses: false,
      validateSecurity: false,
      ignoreUndocumented: true,
    }),
  );
  addRolloutRoutes(router, context);
  addEntityRoutes(router, context);
  addFleetRoutes(router, context);
  addActionRoute(router, context);
  addApprovalRoutes(router, context);
  addPreviewRoutes(router, context);
  addHistoryRoutes(router, context);
  addFreezeRoutes(router, context);
  router.use(translateErrors);
  return router;
}

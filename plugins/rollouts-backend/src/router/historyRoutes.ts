import { InputError } from '@backstage/errors';
import type { ReleaseOutcome } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Request, Response, Router } from 'express';
import { readEntityRef } from '../entities/readEntityRef';
import { CSV_HEADER, csvLine } from '../history/read/export/csv';
import type { Scope } from '../history/read/HistoryReader';
import type { Bucket } from '../history/read/measures/range';
import type { RouterContext } from './RouterContext';

/** Checked against the OpenAPI description before. */
interface HistoryQuery {
  entity?: string;
  cluster?: string;
  namespace?: string;
  rollout?: string;
  outcome?: ReleaseOutcome[] | ReleaseOutcome;
  image?: string;
  person?: string;
  from?: string;
  to?: string;
}

/** Releases, one by one, by list, compared, measured and as files. */
export function addHistoryRoutes(router: Router, context: RouterContext): void {
  const { httpAuth, history, verifier } = context;
  const credentialsOf = (req: Request) =>
    httpAuth.credentials(req, { allow: ['user', 'service'] });

  async function scopeOf(req: Request): Promise<Scope> {
    const query = req.query as unknown as HistoryQuery;
    const { entity, outcome, person, from, to, ...rest } = query;
    return {
      credentials: await credentialsOf(req),
      entityRef:
        entity === undefined ? undefined : readEntityRef(entity, 'component'),
      filter: {
        cluster: rest.cluster,
        namespace: rest.namespace,
        rollout: rest.rollout,
        image: rest.image,
        outcomes: outcome === undefined ? undefined : [outcome].flat(),
        person:
          person === undefined ? undefined : readEntityRef(person, 'user'),
        from: timeOf(from),
        to: timeOf(to),
      },
    };
  }

  router.get('/v1/history/releases', async (req, res) => {
    const { limit, cursor } = req.query as { limit?: string; cursor?: string };
    res.json(
      await history.page(await scopeOf(req), {
        limit: Number(limit ?? 25),
        cursor,
      }),
    );
  });

  router.get('/v1/history/releases/:id', async (req, res) => {
    const credentials = await credentialsOf(req);
    res.json(await history.release(credentials, req.params.id ?? ''));
  });

  router.get('/v1/history/comparison', async (req, res) => {
    const credentials = await credentialsOf(req);
    const { from = '', to = '' } = req.query as { from?: string; to?: string };
    res.json(await history.comparison(credentials, { from, to }));
  });

  router.get('/v1/history/measures', async (req, res) => {
    const scope = await scopeOf(req);
    const { from, to, ...filter } = scope.filter;
    const { bucket = 'week' } = req.query as { bucket?: Bucket };
    res.json(
      await history.measures({ ...scope, filter }, { from, to, bucket }),
    );
  });

  router.get('/v1/history/verification', async (req, res) => {
    const { after } = req.query as { after?: string };
    res.json(await verifier.verify(await credentialsOf(req), after));
  });

  router.get('/v1/history/export', async (req, res) => {
    const scope = await scopeOf(req);
    const { format } = req.query as { format: 'csv' | 'json' };
    const releases = history.export(scope);
    // The first is read before anything is sent, so that an error is an answer.
    const first = await releases.next();
    res.setHeader(
      'Content-Disposition',
      `attachment; filename="releases.${format}"`,
    );
    res.type(format === 'csv' ? 'text/csv' : 'application/json');
    await send(res, format === 'csv' ? CSV_HEADER : '[');
    let separator = '';
    for (
      let next = first;
      !next.done && !res.closed;
      next = await releases.next()
    ) {
      await send(
        res,
        format === 'csv'
          ? csvLine(next.value.summary)
          : `${separator}${JSON.stringify(await history.whole(next.value))}`,
      );
      separator = ',\n';
    }
    res.end(format === 'csv' ? undefined : ']');
  });
}

/** Waits for a reader that is slower than the database. */
async function send(res: Response, text: string): Promise<void> {
  if (!res.write(text) && !res.closed) {
    await new Promise<void>(resolve => {
      const go = () => {
        res.off('drain', go);
        res.off('close', go);
        resolve();
      };
      res.on('drain', go);
      res.on('close', go);
    });
  }
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw new InputError(
      `"${text}" is not a time such as "2026-11-01T00:00:00Z".`,
    );
  }
  return time;
}

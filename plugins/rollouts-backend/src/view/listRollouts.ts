import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type {
  RolloutPage,
  RolloutSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { readEntityRef } from '../entities/readEntityRef';
import type { RolloutAccess } from '../access/RolloutAccess';
import type { RolloutViews } from './RolloutViews';

export interface ListQuery {
  entity?: string;
  cluster?: string;
  namespace?: string;
  phase?: string;
  strategy?: string;
  q?: string;
  sort?: 'name' | 'namespace' | 'cluster' | 'phase' | 'startedAt';
  order?: 'asc' | 'desc';
  limit?: number;
  cursor?: string;
}

/** One page of the rollouts that the caller may see. */
export async function listRollouts(
  views: RolloutViews,
  access: RolloutAccess,
  credentials: BackstageCredentials,
  query: ListQuery,
): Promise<RolloutPage> {
  const entity =
    query.entity === undefined
      ? undefined
      : readEntityRef(query.entity, 'component');
  const keys =
    entity === undefined ? views.keys : views.index.rolloutKeys(entity);
  const matching = keys
    .flatMap(key => views.summary(key) ?? [])
    .filter(summary => matches(summary, query));
  const visible = await visibleTo(views, access, credentials, matching);
  const { sort = 'name', order = 'asc', limit = 50 } = query;
  const sorted = visible
    .map(summary => ({ summary, position: positionOf(summary, sort) }))
    .sort((a, b) =>
      order === 'asc'
        ? compare(a.position, b.position)
        : compare(b.position, a.position),
    );
  const after =
    query.cursor === undefined ? undefined : readCursor(query.cursor);
  const start =
    after === undefined
      ? 0
      : sorted.findIndex(({ position }) =>
          order === 'asc'
            ? compare(position, after) > 0
            : compare(position, after) < 0,
        );
  const rest = start < 0 ? [] : sorted.slice(start);
  const page = rest.slice(0, Number(limit));
  const last = page.at(-1);
  return {
    items: page.map(({ summary }) => summary),
    total: visible.length,
    nextCursor:
      last && rest.length > page.length
        ? writeCursor(last.position)
        : undefined,
    clusters: views.clusterViews(),
  };
}

async function visibleTo(
  views: RolloutViews,
  access: RolloutAccess,
  credentials: BackstageCredentials,
  summaries: RolloutSummary[],
): Promise<RolloutSummary[]> {
  if (await access.readsEverything(credentials)) {
    return summaries;
  }
  const readable = await access.readable(
    credentials,
    summaries.flatMap(({ entityRefs }) => entityRefs),
  );
  return summaries.filter(({ ref, entityRefs }) => {
    const rollout = views.rollout(
      `${ref.cluster}/${ref.namespace}/${ref.name}`,
    );
    return (
      rollout &&
      entityRefs.some(
        entityRef =>
          readable.has(entityRef) &&
          !access.refusedTo({ cluster: ref.cluster, rollout }, entityRef),
      )
    );
  });
}

function matches(summary: RolloutSummary, query: ListQuery): boolean {
  const { ref, phase, strategy, images } = summary;
  const text = query.q?.toLowerCase();
  return (
    (query.cluster === undefined || ref.cluster === query.cluster) &&
    (query.namespace === undefined || ref.namespace === query.namespace) &&
    (query.phase === undefined || phase === query.phase) &&
    (query.strategy === undefined || strategy === query.strategy) &&
    (text === undefined ||
      [
        ref.name,
        ref.namespace,
        ...images.flatMap(({ stable = '', current = '' }) => [stable, current]),
      ].some(value => value.toLowerCase().includes(text)))
  );
}

/** What is sorted by, made unique by the rest of the address. */
type Position = [string, string, string, string];

function positionOf(
  { ref, phase, startedAt = '' }: RolloutSummary,
  sort: NonNullable<ListQuery['sort']>,
): Position {
  const first = { ...ref, phase, startedAt }[sort];
  return [first, ref.name, ref.namespace, ref.cluster];
}

/** By code units: cheap, and the same on every replica. */
function compare(a: Position, b: Position): number {
  for (let i = 0; i < a.length; i++) {
    const [left = '', right = ''] = [a[i], b[i]];
    if (left !== right) {
      return left < right ? -1 : 1;
    }
  }
  return 0;
}

function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function readCursor(cursor: string): Position {
  try {
    const position = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(position) &&
      position.length === 4 &&
      position.every(part => typeof part === 'string')
    ) {
      return position as Position;
    }
  } catch {
    // Said below, as for any other text that is no cursor.
  }
  throw new InputError(
    'The cursor is not one that this API gave out. Start again without it.',
  );
}

import {
  ApiError,
  badRequest,
  createApiError,
  expired,
  invalidOptions,
} from '../api/apiError';
import { StoredObject } from '../api/clusterApi';
import { collectionId, KindDefinition } from '../kinds/kindDefinition';
import { parseFieldSelector } from '../selectors/fieldSelector';
import { parseLabelSelector } from '../selectors/labelSelector';
import { Database } from '../storage/database';
import { decodeContinue, encodeContinue } from './continueToken';

export interface ListQuery {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** 0 or undefined: all. */
  limit?: number;
  continueToken?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
}

export interface ListPage {
  /** The revision that the whole list is of. */
  revision: number;
  items: readonly StoredObject[];
  continueToken?: string;
  /** How many follow; unknown when a selector is used. */
  remaining?: number;
}

/**
 * A page of a list, with the API server's rules for resourceVersion: unset and
 * `0` are the newest, `NotOlderThan` waits for nothing and refuses what lies in
 * the future, `Exact` and the pages after the first are as of that revision.
 */
export function listPage(
  database: Database,
  kind: KindDefinition,
  query: ListQuery,
): ListPage {
  const from = startOf(database, query);
  const collection = database.collection(collectionId(kind));
  const prefix =
    kind.namespaced && query.namespace ? `${query.namespace}/` : '';
  const all =
    from.exact && from.revision !== database.revision
      ? collection.rangeAt(from.revision, prefix, from.after)
      : collection.range(prefix, from.after);
  if (!all) throw tooOld(from.after);

  const labels = parseLabelSelector(query.labelSelector);
  const fields = parseFieldSelector(query.fieldSelector, kind.selectableFields);
  const selective = Boolean(query.labelSelector || query.fieldSelector);
  const found = selective
    ? all.filter(object => labels(object.metadata.labels) && fields(object))
    : all;

  const limit = query.limit || Infinity;
  if (found.length <= limit) return { revision: from.revision, items: found };
  const items = found.slice(0, limit);
  const { namespace, name } = items[items.length - 1]!.metadata;
  return {
    revision: from.revision,
    items,
    continueToken: encodeContinue({
      revision: from.revision,
      after: `${namespace ?? ''}/${name}`,
    }),
    ...(!selective && { remaining: found.length - limit }),
  };
}

interface Start {
  revision: number;
  exact: boolean;
  after?: string;
}

function startOf(database: Database, query: ListQuery): Start {
  const { resourceVersion, resourceVersionMatch: match, limit } = query;
  if (query.continueToken) {
    if (resourceVersion && resourceVersion !== '0') {
      throw badRequest(
        'specifying resource version is not allowed when using continue',
      );
    }
    const { revision, after } = decodeContinue(query.continueToken);
    return revision === 0
      ? { revision: database.revision, exact: false, after }
      : { revision, exact: true, after };
  }
  if (match && !resourceVersion) {
    throw matchForbidden(
      'resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  }
  if (match && match !== 'Exact' && match !== 'NotOlderThan') {
    throw invalidOptions(
      'ListOptions',
      'resourceVersionMatch',
      'FieldValueNotSupported',
      `Unsupported value: "${match}": supported values: "Exact", "NotOlderThan", ""`,
    );
  }
  if (!resourceVersion || (resourceVersion === '0' && match !== 'Exact')) {
    return { revision: database.revision, exact: false };
  }
  const revision = parseRevision(resourceVersion);
  if (match === 'Exact' && revision === 0) {
    throw matchForbidden(
      'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    );
  }
  if (revision > database.revision) throw tooLarge(revision, database.revision);
  // Without a match, a limit made it exact already in the oldest versions.
  const exact = match === 'Exact' || (!match && Boolean(limit));
  return { revision: exact ? revision : database.revision, exact };
}

export function matchForbidden(why: string): ApiError {
  return invalidOptions(
    'ListOptions',
    'resourceVersionMatch',
    'FieldValueForbidden',
    `Forbidden: ${why}`,
  );
}

/** @throws ApiError 400 when it is not a number */
export function parseRevision(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw badRequest(
    `invalid resource version: resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
  );
}

export function tooLarge(asked: number, current: number): ApiError {
  return createApiError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${asked}, current: ${current}`,
    {
      retryAfterSeconds: 1,
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
          field: '',
        },
      ],
    },
  );
}

function tooOld(after: string | undefined): ApiError {
  if (after === undefined) {
    return expired('The resourceVersion for the provided list is too old.');
  }
  const error = expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results.',
  );
  // With it a client that does not mind inconsistency goes on where it was.
  return new ApiError({
    ...error.status,
    metadata: { continue: encodeContinue({ revision: 0, after }) },
  });
}

import {
  ApiError,
  internalError,
  methodNotAllowed,
  unknownPath,
} from '../api/apiError';
import { isNamespace } from '../operations/finalizeNamespace';
import { Target } from '../operations/context';
import { ApiCall } from './apiCall';
import {
  handleDelete,
  handleDeleteCollection,
} from './handlers/deleteHandlers';
import { handleNonResource } from './handlers/nonResource';
import {
  handleBinding,
  handleEviction,
  handleLog,
} from './handlers/podHandlers';
import { handleReview, isReview } from './handlers/reviewHandlers';
import { handleScale } from './handlers/scaleHandlers';
import { handleGet, handleList } from './handlers/readHandlers';
import {
  handleCreate,
  handlePatch,
  handleUpdate,
} from './handlers/writeHandlers';
import { failure, Reply } from './reply';
import { ResourceCall, resourceCall } from './resourceCall';
import { ServerContext } from './serverContext';

type Handler = (
  context: ServerContext,
  call: ResourceCall,
  body: string,
) => Reply;

const ON_OBJECT: Readonly<Record<string, Handler>> = {
  get: handleGet,
  update: handleUpdate,
  patch: handlePatch,
  delete: handleDelete,
};
const ON_COLLECTION: Readonly<Record<string, Handler>> = {
  list: handleList,
  create: handleCreate,
  deletecollection: handleDeleteCollection,
};

/** Answers any call but a watch. Never throws: what goes wrong is the answer. */
export function dispatch(
  context: ServerContext,
  call: ApiCall,
  body: string,
): Reply {
  const warnings: string[] = [];
  try {
    if (!call.resource) return handleNonResource(context, call);
    if (call.verb === 'create' && isReview(call.resource)) {
      return handleReview(call.resource, body, call.headers['content-type']);
    }
    const about = resourceCall(
      context,
      { ...call, resource: call.resource },
      warnings,
    );
    return withWarnings(handlerFor(about)(context, about, body), warnings);
  } catch (error) {
    return withWarnings(failure(asApiError(error).status), warnings);
  }
}

/** Subresources by their name; `pods/log` exists for pods only. */
const POD_SUBRESOURCES: Readonly<Record<string, Record<string, Handler>>> = {
  log: { get: handleLog },
  eviction: { create: handleEviction },
  binding: { create: handleBinding },
};
const SCALE = { get: handleScale, update: handleScale, patch: handleScale };
const FINALIZE = { update: handleUpdate };
const STATUS = { get: handleGet, update: handleUpdate, patch: handlePatch };

function handlerFor(call: ResourceCall): Handler {
  const { target, verb } = call;
  const handlers = handlersFor(target);
  if (!handlers) throw unknownPath();
  const handler = handlers[verb];
  if (handler) return handler;
  throw methodNotAllowed({
    group: target.kind.group,
    resource: target.kind.resource,
  });
}

function handlersFor({
  kind,
  version,
  name,
  subresource,
}: Target): Readonly<Record<string, Handler>> | undefined {
  if (subresource === undefined) return name ? ON_OBJECT : ON_COLLECTION;
  if (subresource === 'status') return version.status ? STATUS : undefined;
  if (subresource === 'scale') return version.scale ? SCALE : undefined;
  if (subresource === 'finalize' && isNamespace(kind)) return FINALIZE;
  return kind.group === '' && kind.kind === 'Pod'
    ? POD_SUBRESOURCES[subresource]
    : undefined;
}

function withWarnings(reply: Reply, warnings: string[]): Reply {
  if (warnings.length === 0) return reply;
  const quoted = warnings.map(
    warning => `299 - "${warning.replace(/[\\"]/g, '\\$&')}"`,
  );
  return {
    ...reply,
    headers: { ...reply.headers, Warning: quoted.join(', ') },
  };
}

/** What is not an ApiError is a defect of this server, and said as such. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return internalError(
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
}

import { badRequest } from '../../api/apiError';
import {
  listPage,
  ListQuery,
  parseRevision,
  tooLarge,
} from '../../lists/listPage';
import { readObject } from '../../operations/readObject';
import { Reply } from '../reply';
import { ResourceCall } from '../resourceCall';
import { ServerContext } from '../serverContext';
import { listReply, objectReply, presentationOf } from './shapes';

export function handleGet(context: ServerContext, call: ResourceCall): Reply {
  const { database } = context.store.context;
  const resourceVersion = call.query.get('resourceVersion');
  if (resourceVersion) {
    const revision = parseRevision(resourceVersion);
    if (revision > database.revision) {
      throw tooLarge(revision, database.revision);
    }
  }
  const object = readObject(context.store.context, call.target);
  return objectReply(context, call.target, object, presentationOf(call));
}

export function handleList(context: ServerContext, call: ResourceCall): Reply {
  const { database } = context.store.context;
  const page = listPage(database, call.target.kind, listQuery(call));
  return listReply(context, call.target, page, presentationOf(call));
}

export function listQuery(call: ResourceCall): ListQuery {
  const value = (name: string) => call.query.get(name) || undefined;
  const asked = call.query.get('limit') ?? '0';
  const limit = Number(asked);
  if (!Number.isInteger(limit) || limit < 0) {
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(asked)}: invalid syntax`,
    );
  }
  return {
    namespace: call.target.namespace,
    labelSelector: value('labelSelector'),
    fieldSelector: value('fieldSelector'),
    limit,
    continueToken: value('continue'),
    resourceVersion: value('resourceVersion'),
    resourceVersionMatch: value('resourceVersionMatch'),
  };
}

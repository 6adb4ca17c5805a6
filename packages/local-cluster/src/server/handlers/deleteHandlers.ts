import { ApiError, invalidOptions } from '../../api/apiError';
import { DeleteOptions, StoredObject } from '../../api/clusterApi';
import { listPage } from '../../lists/listPage';
import { deleteObject } from '../../operations/deleteObject';
import { parseObject } from '../body';
import { json, Reply } from '../reply';
import { ResourceCall } from '../resourceCall';
import { ServerContext } from '../serverContext';
import { listQuery } from './readHandlers';
import { listReply, objectReply, presentationOf } from './shapes';
import { isDryRun } from './writeOptions';

export function handleDelete(
  context: ServerContext,
  call: ResourceCall,
  body: string,
): Reply {
  const options = deleteOptions(call, body);
  const last = deleteObject(context.store.context, call.target, options);
  const left = context.store.find(
    call.target.kind,
    call.target.namespace,
    call.target.name!,
  );
  if (left && !options.dryRun) {
    return objectReply(context, call.target, last, presentationOf(call));
  }
  return json(200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: last.metadata.name,
      ...(call.target.kind.group && { group: call.target.kind.group }),
      kind: call.target.kind.resource,
      uid: last.metadata.uid,
    },
  });
}

/** Deletes everything that the list would return; what is gone meanwhile is fine. */
export function handleDeleteCollection(
  context: ServerContext,
  call: ResourceCall,
  body: string,
): Reply {
  const options = deleteOptions(call, body);
  const page = listPage(
    context.store.context.database,
    call.target.kind,
    listQuery(call),
  );
  const deleted: StoredObject[] = [];
  for (const { metadata } of page.items) {
    const target = {
      ...call.target,
      namespace: metadata.namespace,
      name: metadata.name,
    };
    try {
      deleted.push(deleteObject(context.store.context, target, options));
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 404)) throw error;
    }
  }
  return listReply(
    context,
    call.target,
    { ...page, items: deleted },
    presentationOf(call),
  );
}

const PROPAGATION = ['Foreground', 'Background', 'Orphan'] as const;

/** From the body, or from the query as old clients send them. */
function deleteOptions(call: ResourceCall, body: string): DeleteOptions {
  const sent = body.trim()
    ? parseObject(body, call.headers['content-type'])
    : {};
  const { query } = call;
  const policy = sent.propagationPolicy ?? query.get('propagationPolicy');
  const propagationPolicy = PROPAGATION.find(value => value === policy);
  if (policy && !propagationPolicy) {
    throw invalidOptions(
      'DeleteOptions',
      'propagationPolicy',
      'FieldValueNotSupported',
      `Unsupported value: "${policy}": supported values: ${[...PROPAGATION, 'nil'].map(value => `"${value}"`).join(', ')}`,
    );
  }
  const grace = sent.gracePeriodSeconds ?? query.get('gracePeriodSeconds');
  const orphan = sent.orphanDependents ?? query.get('orphanDependents');
  return {
    propagationPolicy:
      propagationPolicy ?? (String(orphan) === 'true' ? 'Orphan' : undefined),
    ...(grace !== null &&
      grace !== undefined && { gracePeriodSeconds: Number(grace) }),
    preconditions: sent.preconditions,
    dryRun: isDryRun([...(sent.dryRun ?? []), ...query.getAll('dryRun')]),
  };
}

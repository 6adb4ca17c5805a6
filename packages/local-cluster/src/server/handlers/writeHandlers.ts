import {
  badRequest,
  invalidOptions,
  unsupportedMediaType,
} from '../../api/apiError';
import { NewObject, PatchType } from '../../api/clusterApi';
import { commitUpdate } from '../../operations/commitUpdate';
import { createObject } from '../../operations/createObject';
import { patchObject } from '../../operations/patchObject';
import { readObject } from '../../operations/readObject';
import { mediaType, parseObject, parseText } from '../body';
import { duplicateFields } from '../duplicateFields';
import { Reply } from '../reply';
import { ResourceCall } from '../resourceCall';
import { ServerContext } from '../serverContext';
import { objectReply, presentationOf } from './shapes';
import { writeOptions } from './writeOptions';

export const PATCH_TYPES: Readonly<Record<string, PatchType>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

export function handleCreate(
  context: ServerContext,
  call: ResourceCall,
  body: string,
): Reply {
  const object = readNewObject(call, body);
  const created = createObject(context.store.context, call.target, object, {
    ...writeOptions(call, 'CreateOptions'),
    ...duplicatesIn(call, body),
  });
  return objectReply(context, call.target, created, presentationOf(call), 201);
}

export function handleUpdate(
  context: ServerContext,
  call: ResourceCall,
  body: string,
): Reply {
  const object = readNewObject(call, body);
  const { name } = call.target;
  if (object.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${object.metadata.name ?? ''}) does not match the name on the URL (${name})`,
    );
  }
  const previous = readObject(context.store.context, call.target);
  const updated = commitUpdate(
    context.store.context,
    call.target,
    previous,
    object,
    { ...writeOptions(call), ...duplicatesIn(call, body) },
  );
  return objectReply(context, call.target, updated, presentationOf(call));
}

export function handlePatch(
  context: ServerContext,
  call: ResourceCall,
  body: string,
): Reply {
  const { type, patch } = readPatch(call, body);
  const options = writeOptions(call, 'PatchOptions');
  if (type !== 'apply' && call.query.has('force')) {
    throw invalidOptions(
      'PatchOptions',
      'force',
      'FieldValueForbidden',
      'Forbidden: may not be specified for non-apply patch',
    );
  }
  const existed = context.store.find(
    call.target.kind,
    call.target.namespace,
    call.target.name!,
  );
  const patched = patchObject(context.store.context, call.target, patch, {
    ...options,
    type,
  });
  return objectReply(
    context,
    call.target,
    patched,
    presentationOf(call),
    existed ? 200 : 201,
  );
}

/** Of JSON: YAML that has them is refused as it is read. */
function duplicatesIn(call: ResourceCall, body: string) {
  return mediaType(call.headers['content-type']).endsWith('yaml')
    ? {}
    : { duplicateFields: duplicateFields(body) };
}

export function readPatch(
  call: ResourceCall,
  body: string,
): { type: PatchType; patch: unknown } {
  const contentType = mediaType(call.headers['content-type']);
  const type = PATCH_TYPES[contentType];
  if (!type) {
    throw unsupportedMediaType(Object.keys(PATCH_TYPES));
  }
  return { type, patch: parseText(body, type === 'apply') };
}

export function readNewObject(call: ResourceCall, body: string): NewObject {
  const object = parseObject(body, call.headers['content-type']);
  object.metadata ??= {};
  if (typeof object.metadata !== 'object' || Array.isArray(object.metadata)) {
    throw badRequest('metadata: expected an object');
  }
  return object as NewObject;
}

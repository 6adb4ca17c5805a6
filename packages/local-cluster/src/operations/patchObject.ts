import { badRequest } from '../api/apiError';
import { NewObject, PatchType, StoredObject } from '../api/clusterApi';
import { jsonPatch } from '../patch/jsonPatch';
import { isRecord, mergePatch } from '../patch/mergePatch';
import { commitUpdate } from './commitUpdate';
import { OperationContext, RequestOptions, Target } from './context';
import { readObject } from './readObject';

/** Applies a patch of any of the four types and returns the object after it. */
export function patchObject(
  context: OperationContext,
  target: Target,
  patch: unknown,
  options: RequestOptions & { type: PatchType },
): StoredObject {
  const previous = readObject(context, target);
  const wanted = patched(previous, patch, options.type);
  if (!isRecord(wanted) || !isRecord(wanted.metadata)) {
    throw badRequest('the patch leaves no object');
  }
  return commitUpdate(
    context,
    target,
    previous,
    wanted as unknown as NewObject,
    options,
  );
}

function patched(
  previous: StoredObject,
  patch: unknown,
  type: PatchType,
): unknown {
  if (type === 'json') return jsonPatch(previous, patch);
  if (!isRecord(patch)) throw badRequest('a patch must be an object');
  return mergePatch(previous, patch);
}

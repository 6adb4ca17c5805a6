import {
  ApiError,
  badRequest,
  invalid,
  unsupportedMediaType,
} from '../api/apiError';
import { NewObject, PatchType, StoredObject } from '../api/clusterApi';
import { apiVersionOf } from '../kinds/kindDefinition';
import { jsonPatch } from '../patch/jsonPatch';
import { mergePatch } from '../patch/mergePatch';
import { strategicMerge } from '../patch/strategicMerge';
import { isRecord } from '../schema/isRecord';
import { Schema, SchemaLookup } from '../schema/schema';
import { applyObject } from './applyObject';
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
  const { type } = options;
  if (type === 'strategic' && target.kind.custom) {
    throw unsupportedMediaType([
      'application/json-patch+json',
      'application/merge-patch+json',
      'application/apply-patch+yaml',
    ]);
  }
  if (type === 'apply') return applyObject(context, target, patch, options);
  const previous = readObject(context, target);
  // A patch is made against the version that was asked for, whatever version
  // the object was last written in.
  const apiVersion = apiVersionOf(target.kind.group, target.version.name);
  const wanted = patchedBy({ ...previous, apiVersion }, patch, type, {
    schema: target.version.schema,
    lookup: context.schemas,
  });
  if (!isRecord(wanted) || !isRecord(wanted.metadata)) {
    throw badRequest('the patch leaves no object');
  }
  return commitUpdate(
    context,
    target,
    previous,
    wanted as unknown as NewObject,
    { ...options, undecodable: problem => refusedPatch(patch, problem) },
  );
}

/** After a patch it is the patch that is wrong, not an object that was sent. */
function refusedPatch(patch: unknown, problem: string): ApiError {
  return invalid({ group: '', kind: '' }, [
    {
      reason: 'FieldValueInvalid',
      field: 'patch',
      message: `Invalid value: ${JSON.stringify(JSON.stringify(patch))}: ${problem}`,
    },
  ]);
}

/** What the patch makes of the object; nothing is checked yet. */
export function patchedBy(
  previous: StoredObject,
  patch: unknown,
  type: PatchType,
  types?: { schema: Schema | undefined; lookup: SchemaLookup },
): unknown {
  if (type === 'json') return jsonPatch(previous, patch);
  if (!isRecord(patch)) throw badRequest('a patch must be an object');
  return type === 'strategic' && types
    ? strategicMerge(types.schema, previous, patch, types.lookup)
    : mergePatch(previous, patch);
}

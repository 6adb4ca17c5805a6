import { unknownPath } from '../api/apiError';
import { Target } from '../operations/context';
import { ApiCall, ResourcePath } from './apiCall';
import { ServerContext } from './serverContext';

/** A call about objects of a kind that is served. */
export interface ResourceCall extends ApiCall {
  resource: ResourcePath;
  target: Target;
  /** Collects what goes into the Warning header. */
  warnings: string[];
}

/** @throws ApiError 404 when the path names no kind that is served */
export function resourceCall(
  context: ServerContext,
  call: ApiCall & { resource: ResourcePath },
  warnings: string[],
): ResourceCall {
  const { namespace, name, subresource } = call.resource;
  const served = context.store.context.kinds.findServed(call.resource);
  if (!served || (!served.kind.namespaced && namespace !== undefined)) {
    throw unknownPath();
  }
  // Only reading goes across namespaces; one object always is in one.
  if (served.kind.namespaced && namespace === undefined && name !== undefined) {
    throw unknownPath();
  }
  return {
    ...call,
    target: { ...served, namespace, name, subresource },
    warnings,
  };
}

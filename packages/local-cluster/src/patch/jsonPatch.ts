import { applyPatch, Operation, validate } from 'fast-json-patch';
import { badRequest, createApiError } from '../api/apiError';
import { mutableCopy } from '../storage/mutableCopy';

/**
 * A JSON patch as in RFC 6902. Kubernetes is laxer: its library takes a
 * `replace` of a member that is not there for an `add`.
 * @throws ApiError 422 when an operation does not apply, 400 when it is malformed
 */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    throw badRequest('a JSON patch must be a list of operations');
  }
  const malformed = patch.find(
    operation => typeof operation !== 'object' || operation === null,
  );
  if (malformed !== undefined) {
    throw badRequest('each operation of a JSON patch must be an object');
  }
  const copy = mutableCopy(target);
  const operations = patch as Operation[];
  const problem = validate(operations, copy);
  if (problem) {
    throw createApiError(
      422,
      'Invalid',
      `the server rejected our request due to an error in our request: ${problem.message.split('\n')[0]}`,
    );
  }
  return applyPatch(copy, operations, false, true, true).newDocument;
}

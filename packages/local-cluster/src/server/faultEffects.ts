import { createApiError } from '../api/apiError';
import { Fault, FaultCall } from '../faults/faultHook';
import { ApiCall } from './apiCall';
import { failure, Reply } from './reply';

/** A call as the fault hook sees it. */
export function faultCall(call: ApiCall, number: number): FaultCall {
  const { verb, method, path, query } = call;
  const { group, resource, namespace, name, subresource } = call.resource ?? {};
  return {
    number,
    verb,
    method,
    path,
    query,
    group,
    resource,
    namespace,
    name,
    subresource,
  };
}

/** Whether the call is not carried out at all. */
export function preventsCall(fault: Fault): boolean {
  switch (fault.kind) {
    case 'fail':
      return fault.when !== 'after';
    case 'cut':
      return fault.when !== 'after' && fault.afterBytes === undefined;
    case 'hang':
      return fault.afterBytes === undefined;
    default:
      return false;
  }
}

/** The fault, if it is one that breaks the body. */
export function bodyFault(fault: Fault | undefined) {
  return fault?.kind === 'cut' ||
    fault?.kind === 'hang' ||
    fault?.kind === 'garbage'
    ? fault
    : undefined;
}

const REASONS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** The error that a `fail` fault answers with. */
export function faultReply(fault: Extract<Fault, { kind: 'fail' }>): Reply {
  const { status, retryAfterSeconds } = fault;
  return failure(
    createApiError(
      status,
      fault.reason ?? REASONS[status] ?? 'InternalError',
      fault.message ?? 'a fault was asked for',
      retryAfterSeconds === undefined ? undefined : { retryAfterSeconds },
    ).status,
  );
}

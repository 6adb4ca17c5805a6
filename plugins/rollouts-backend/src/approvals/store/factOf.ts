import type { ApprovalRecord } from './ApprovalRecord';

/** What every fact about a request says. */
export function factOf(
  request: Pick<
    ApprovalRecord,
    'id' | 'ref' | 'bound' | 'entityRef' | 'action' | 'details'
  >,
  at: number,
) {
  return {
    requestId: request.id,
    ref: request.ref,
    uid: request.bound.uid,
    podHash: request.bound.podHash,
    stepIndex: request.bound.stepIndex,
    entityRef: request.entityRef,
    action: request.action,
    details: request.details,
    at,
  };
}

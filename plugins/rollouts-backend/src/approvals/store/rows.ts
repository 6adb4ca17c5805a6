import { createHash } from 'node:crypto';
import type {
  ActionDetails,
  ApprovalState,
  GatedAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ApprovalRecord, NewApproval } from './ApprovalRecord';

export const REQUESTS = 'rollouts_approval_requests';
export const PEOPLE = 'rollouts_approval_people';
export const COMMENTS = 'rollouts_approval_comments';
export const EXECUTIONS = 'rollouts_approval_executions';
export const FACTS = 'rollouts_approval_facts';
export const SEQUENCE = 'rollouts_approval_sequence';

/** PostgreSQL hands big integers out as text. */
type Big = number | string;

export interface RequestRow {
  id: string;
  idempotency_key: string;
  request_hash: string;
  open_key: string | null;
  cluster: string;
  namespace: string;
  name: string;
  uid: string;
  generation: Big;
  pod_hash: string | null;
  step_index: number | null;
  spec_hash: string | null;
  action: string;
  label: string;
  details: string;
  details_hash: string;
  entity_ref: string;
  owner_refs: string;
  authors: string;
  policies: string;
  snapshot: string;
  requested_by: string;
  reason: string | null;
  state: string;
  state_reason: string | null;
  version: number;
  created_at: Big;
  expires_at: Big;
  ended_at: Big | null;
}

export interface PersonRow {
  request_id: string;
  person: string;
  role: 'requester' | 'author' | 'represented' | 'approve' | 'reject';
  counts_as: string;
  reason: string | null;
  on_behalf_of: string | null;
  at: Big;
}

export interface CommentRow {
  id: string;
  request_id: string;
  person: string;
  comment: string;
  at: Big;
}

export interface ExecutionRow {
  request_id: string;
  action_id: string;
  person: string;
  claimed_at: Big;
  finished_at: Big | null;
  message: string | null;
}

/** The same for the same images, revision and run, in whatever order of keys. */
export function hashOfDetails(details: ActionDetails): string {
  const { images, toRevision, analysisRun } = details;
  return hash([
    images?.map(({ container, image }) => [container, image]) ?? null,
    toRevision ?? null,
    analysisRun ?? null,
  ]);
}

/** One request may be open for the same action on the same state. */
export function openKeyOf({
  bound,
  specHash,
  action,
  details,
}: Pick<NewApproval, 'bound' | 'specHash' | 'action' | 'details'>): string {
  return hash([
    bound.uid,
    specHash ?? bound.generation,
    bound.podHash ?? null,
    bound.stepIndex ?? null,
    action,
    hashOfDetails(details),
  ]);
}

/** Of what makes it this request, for its idempotency key. */
export function requestHashOf(
  request: Pick<
    NewApproval,
    'bound' | 'specHash' | 'action' | 'details' | 'requestedBy'
  >,
): string {
  return hash([openKeyOf(request), request.requestedBy]);
}

export function toRow(request: NewApproval, now: number): RequestRow {
  return {
    id: request.id,
    idempotency_key: request.idempotencyKey,
    request_hash: requestHashOf(request),
    open_key: openKeyOf(request),
    cluster: request.ref.cluster,
    namespace: request.ref.namespace,
    name: request.ref.name,
    uid: request.bound.uid,
    generation: request.bound.generation,
    pod_hash: request.bound.podHash ?? null,
    step_index: request.bound.stepIndex ?? null,
    spec_hash: request.specHash ?? null,
    action: request.action,
    label: request.label,
    details: JSON.stringify(request.details),
    details_hash: hashOfDetails(request.details),
    entity_ref: request.entityRef,
    owner_refs: JSON.stringify(request.ownerRefs),
    authors: JSON.stringify(request.authors),
    policies: JSON.stringify(request.policies),
    snapshot: JSON.stringify(request.snapshot),
    requested_by: request.requestedBy,
    reason: request.reason ?? null,
    state: 'pending',
    state_reason: null,
    version: 1,
    created_at: now,
    expires_at: now + request.validityMilliseconds,
    ended_at: null,
  };
}

export function fromRows(
  row: RequestRow,
  people: PersonRow[],
  comments: CommentRow[],
  execution: ExecutionRow | undefined,
): ApprovalRecord {
  return {
    id: row.id,
    idempotencyKey: row.idempotency_key,
    requestHash: row.request_hash,
    ref: { cluster: row.cluster, namespace: row.namespace, name: row.name },
    bound: {
      uid: row.uid,
      generation: Number(row.generation),
      podHash: row.pod_hash ?? undefined,
      stepIndex: row.step_index ?? undefined,
    },
    specHash: row.spec_hash ?? undefined,
    action: row.action as GatedAction,
    label: row.label,
    details: JSON.parse(row.details),
    entityRef: row.entity_ref,
    ownerRefs: JSON.parse(row.owner_refs),
    authors: JSON.parse(row.authors),
    policies: JSON.parse(row.policies),
    snapshot: JSON.parse(row.snapshot),
    requestedBy: row.requested_by,
    reason: row.reason ?? undefined,
    state: row.state as ApprovalState,
    stateReason: row.state_reason ?? undefined,
    version: row.version,
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
    endedAt: row.ended_at === null ? undefined : Number(row.ended_at),
    barred: people.flatMap(({ person, role }) =>
      role === 'requester' || role === 'author' ? [{ person, role }] : [],
    ),
    represented: people.flatMap(({ person, role }) =>
      role === 'represented' ? [person] : [],
    ),
    votes: people
      .flatMap(({ person, role, ...each }) =>
        role === 'approve' || role === 'reject'
          ? [
              {
                person,
                decision: role,
                countsAs: JSON.parse(each.counts_as) as string[],
                reason: each.reason ?? undefined,
                onBehalfOf: each.on_behalf_of ?? undefined,
                at: Number(each.at),
              },
            ]
          : [],
      )
      .sort((a, b) => a.at - b.at),
    comments: comments
      .map(({ id, person, comment, at }) => ({
        id,
        person,
        text: comment,
        at: Number(at),
      }))
      .sort((a, b) => a.at - b.at),
    execution: execution && {
      actionId: execution.action_id,
      by: execution.person,
      claimedAt: Number(execution.claimed_at),
      finishedAt:
        execution.finished_at === null
          ? undefined
          : Number(execution.finished_at),
      message: execution.message ?? undefined,
    },
  };
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

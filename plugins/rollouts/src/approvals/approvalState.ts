import type {
  ApprovalRequestDetail,
  ApprovalRequestSummary,
  EntityRolloutsResponse,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { rolloutKey } from '../live/entityRolloutsState';

/** A request as far as it was read: open ones whole, ended ones as in a list. */
export type KnownApproval = ApprovalRequestSummary &
  Partial<Pick<ApprovalRequestDetail, 'snapshot' | 'comments' | 'execution'>>;

/** An end stays in view for so long, milliseconds. */
const ENDED_STAYS_MS = 3_600_000;
/** What was carried out shows by itself. */
const EXECUTED_STAYS_MS = 300_000;

/** What is carried out with these makes another version the new one. */
const BRINGS_ANOTHER_VERSION: ReadonlySet<string> = new Set([
  'set-image',
  'undo',
]);

/**
 * Whether it was carried out for a version that is no longer the newest: beside
 * the next one's locks it would read as if that one had been approved.
 */
function wasDoneForAnother(
  { action, bound, state }: KnownApproval,
  podHash: string | undefined,
): boolean {
  return (
    state === 'executed' &&
    !BRINGS_ANOTHER_VERSION.has(action) &&
    bound.podHash !== podHash
  );
}

/** Whether a request can still have an effect. */
export function isOpen({ state }: Pick<ApprovalRequestSummary, 'state'>) {
  return state === 'pending' || state === 'approved' || state === 'executing';
}

/** How many approvals are given and needed, over all policies. */
export function approvalCounts({
  requirements,
}: Pick<ApprovalRequestSummary, 'requirements'>): {
  given: number;
  required: number;
} {
  return requirements.reduce(
    (sum, { given, required }) => ({
      given: sum.given + Math.min(given, required),
      required: sum.required + required,
    }),
    { given: 0, required: 0 },
  );
}

/** What the last approval does: at once only when every policy says so. */
export function onLastApproval({
  requirements,
}: Pick<ApprovalRequestSummary, 'requirements'>): 'act' | 'unlock' {
  return requirements.every(({ onApproval }) => onApproval === 'act')
    ? 'act'
    : 'unlock';
}

/**
 * The requests that belong on a rollout's page: all open ones, then the last
 * that ended lately, unless something open or another version took its place.
 * @param requests - newest first
 * @param named - one that a link has led to: it stays, however old
 */
export function relevantApprovals(
  rollout: Pick<RolloutDetail, 'ref' | 'podHash'>,
  requests: KnownApproval[],
  now: number,
  named?: string,
): KnownApproval[] {
  const key = rolloutKey(rollout.ref);
  const mine = requests.filter(({ ref }) => rolloutKey(ref) === key);
  const open = mine.filter(isOpen);
  const ledTo = mine.find(({ id }) => id === named);
  if (ledTo && !isOpen(ledTo)) {
    return [...open, ledTo];
  }
  const ended = mine.find(request => !isOpen(request));
  if (!ended?.endedAt || wasDoneForAnother(ended, rollout.podHash)) {
    return open;
  }
  const age = now - Date.parse(ended.endedAt);
  const stays = ended.state === 'executed' ? EXECUTED_STAYS_MS : ENDED_STAYS_MS;
  const replaced = open.some(({ action }) => action === ended.action);
  return age < stays && !replaced ? [...open, ended] : open;
}

/** Changes when a request may have: a vote shows in the locks of its action. */
export function approvalsSignal(
  known: EntityRolloutsResponse | undefined,
): string {
  return (known?.rollouts ?? [])
    .map(({ rollout }) =>
      JSON.stringify([
        rolloutKey(rollout.ref),
        rollout.generation,
        rollout.podHash,
        rollout.step?.index,
        rollout.phase,
        rollout.actions.flatMap(({ locks }) => locks ?? []),
      ]),
    )
    .join('\n');
}

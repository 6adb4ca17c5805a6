import type {
  KubeEvent,
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { findByHash } from './revisions';

/** "Rollout step 3/8 completed (setWeight: 40)". */
const STEP_COMPLETED = /^Rollout step (\d+)\/\d+ completed/;
/** A new revision has begun its way. */
const UPDATE_BEGINS = new Set(['RolloutUpdated', 'RolloutNotCompleted']);
const ABORTED = 'RolloutAborted';
/** On a ReplicaSet that an earlier revision has used before. */
const REVISION_HISTORY = 'rollout.argoproj.io/revision-history';
/** Events have whole seconds, and the abort's own may be one later. */
const SLACK_MILLISECONDS = 2_000;

/**
 * One way through the steps, from the first on, as far as Events still tell.
 * Times are in milliseconds since the epoch.
 */
export interface Attempt {
  /** Whether nothing of it is missing at its beginning. */
  whole: boolean;
  begunAt?: number;
  /** By the step's number, from 1, as Events have it. */
  completedAt: ReadonlyMap<number, number>;
}

/** The attempt that goes on, or the last one. */
export function attemptOf(
  rollout: Rollout,
  replicaSets: ReplicaSet[],
  events: KubeEvent[],
): Attempt {
  const { abort, abortedAt } = rollout.status ?? {};
  const endedAt = abort ? Date.parse(abortedAt ?? '') : Infinity;
  const completedAt = new Map<number, number>();
  if (Number.isNaN(endedAt)) {
    return { whole: false, completedAt };
  }
  const newestFirst = events
    .map(event => ({ event, at: timeOf(event) }))
    .filter(
      ({ event, at }) =>
        at <= endedAt + SLACK_MILLISECONDS && !isEnd(event, at, endedAt),
    )
    // In one second what begins comes before what is completed.
    .sort((a, b) => b.at - a.at || rank(a.event) - rank(b.event));
  for (const { event, at } of newestFirst) {
    if (UPDATE_BEGINS.has(event.reason ?? '')) {
      return { whole: true, begunAt: at, completedAt };
    }
    if (event.reason === ABORTED) {
      // A retry has no Event of its own.
      return { whole: true, completedAt };
    }
    const step = Number(STEP_COMPLETED.exec(event.message ?? '')?.[1] ?? NaN);
    if (!Number.isNaN(step) && !completedAt.has(step)) {
      completedAt.set(step, at);
    }
  }
  const begunAt = createdAt(rollout, replicaSets);
  const oldest = newestFirst.at(-1)?.at ?? Infinity;
  // Something older is still there, so no Event since has been forgotten.
  return begunAt !== undefined && oldest < begunAt
    ? { whole: true, begunAt, completedAt }
    : { whole: false, completedAt };
}

/** When the new version's ReplicaSet was made, if it was made for this revision. */
function createdAt(
  { status }: Rollout,
  replicaSets: ReplicaSet[],
): number | undefined {
  const { metadata } = findByHash(replicaSets, status?.currentPodHash) ?? {};
  const at = Date.parse(metadata?.creationTimestamp ?? '');
  return Number.isNaN(at) || metadata?.annotations?.[REVISION_HISTORY]
    ? undefined
    : at;
}

function rank({ reason = '' }: KubeEvent): number {
  return UPDATE_BEGINS.has(reason) || reason === ABORTED ? 1 : 0;
}

/** The abort that ended this attempt, not the one before it. */
function isEnd(event: KubeEvent, at: number, endedAt: number): boolean {
  return (
    event.reason === ABORTED && Math.abs(at - endedAt) <= SLACK_MILLISECONDS
  );
}

function timeOf(event: KubeEvent): number {
  return Date.parse(
    event.lastTimestamp ??
      event.eventTime ??
      event.metadata.creationTimestamp ??
      '',
  );
}

import { StoredObject } from '../../api/clusterApi';
import { earliest } from '../objects/earliest';
import {
  Condition,
  conditionOf,
  isActive,
  isReady,
  isTerminating,
} from '../objects/pod';
import { timestamp } from '../objects/time';

/** What to do with one Job now. */
export interface JobPlan {
  /** Pods to create. */
  create: number;
  /** Pods to delete: the Job has ended, is suspended, or has too many. */
  remove: StoredObject[];
  status: Record<string, unknown>;
  /** The Job itself is to be deleted: its time to live has passed. */
  expired?: boolean;
  /** Milliseconds since the epoch. */
  wakeAt?: number;
}

const FIRST_BACKOFF_MS = 10_000;
/** Counts of a status that are there even when zero. */
const ALWAYS = ['ready', 'terminating'];
const LONGEST_BACKOFF_MS = 360_000;

/**
 * Decides about one Job and its pods. Pure.
 *
 * Implemented: completions, parallelism, work queues (no completions),
 * backoffLimit with exponential delay, activeDeadlineSeconds, suspend,
 * ttlSecondsAfterFinished. Not implemented: indexed Jobs, podFailurePolicy,
 * successPolicy, tracking by finalizers (counts only grow instead).
 */
export function planJob(
  job: StoredObject,
  pods: StoredObject[],
  now: number,
): JobPlan {
  const before = (job.status ?? {}) as Record<string, any>;
  const end = endOf(job);
  if (end) return planEnded(job, end, pods, now);

  const active = pods.filter(isActive);
  const counts = {
    active: active.length,
    ready: active.filter(isReady).length,
    terminating: pods.filter(isTerminating).length,
    succeeded: counted(before.succeeded, pods, 'Succeeded'),
    failed: counted(before.failed, pods, 'Failed'),
  };
  const startTime: string = before.startTime ?? timestamp(now);
  const verdict = job.spec.suspend
    ? undefined
    : verdictOf(job, active, counts, Date.parse(startTime), now);
  if (verdict) {
    return {
      create: 0,
      remove: active,
      status: statusOf(
        // Pods that are ended with a failed Job have failed, too.
        {
          ...counts,
          active: 0,
          ready: 0,
          failed: counts.failed + (verdict.complete ? 0 : active.length),
        },
        {
          ...before,
          startTime,
          ...(verdict.complete && { completionTime: timestamp(now) }),
          conditions: [
            ...(before.conditions ?? []),
            ...verdictConditions(verdict, now),
          ],
        },
      ),
      wakeAt: now,
    };
  }
  if (job.spec.suspend) {
    return {
      create: 0,
      remove: active,
      status: statusOf(counts, {
        ...before,
        startTime: undefined,
        conditions: withSuspended(job, true, now),
      }),
    };
  }
  const wanted = wantedActive(job, counts);
  const retryAt = retryAtOf(pods, counts.failed);
  const missing = wanted - active.length;
  const held = missing > 0 && retryAt !== undefined && now < retryAt;
  const { activeDeadlineSeconds } = job.spec;
  const deadline =
    activeDeadlineSeconds === undefined
      ? undefined
      : Date.parse(startTime) + activeDeadlineSeconds * 1000;
  return {
    create: held ? 0 : Math.max(0, missing),
    remove: missing < 0 ? active.slice(missing) : [],
    status: statusOf(counts, {
      ...before,
      startTime,
      conditions: conditionOf(job, 'Suspended')
        ? withSuspended(job, false, now)
        : before.conditions,
    }),
    wakeAt: earliest(held ? retryAt : undefined, deadline),
  };
}

function endOf(job: StoredObject): Condition | undefined {
  return ['Complete', 'Failed']
    .map(type => conditionOf(job, type))
    .find(condition => condition?.status === 'True');
}

function planEnded(
  job: StoredObject,
  end: Condition,
  pods: StoredObject[],
  now: number,
): JobPlan {
  const { ttlSecondsAfterFinished } = job.spec;
  const status = job.status as Record<string, unknown>;
  const nothing = { create: 0, remove: pods.filter(isActive), status };
  if (ttlSecondsAfterFinished === undefined) return nothing;
  const expiresAt =
    Date.parse(end.lastTransitionTime ?? '') + ttlSecondsAfterFinished * 1000;
  return now >= expiresAt
    ? { ...nothing, expired: true }
    : { ...nothing, wakeAt: expiresAt };
}

interface Counts {
  active: number;
  ready: number;
  terminating: number;
  succeeded: number;
  failed: number;
}

function counted(
  before: number | undefined,
  pods: StoredObject[],
  phase: string,
): number {
  return Math.max(
    before ?? 0,
    pods.filter(pod => pod.status?.phase === phase).length,
  );
}

interface Verdict {
  complete: boolean;
  reason: string;
  message: string;
}

function verdictOf(
  job: StoredObject,
  active: StoredObject[],
  counts: Counts,
  startedAt: number,
  now: number,
): Verdict | undefined {
  const { completions, backoffLimit = 6, activeDeadlineSeconds } = job.spec;
  const failed = (reason: string, message: string) => ({
    complete: false,
    reason,
    message,
  });
  const restarts = active.reduce((sum, pod) => sum + restartsOf(pod), 0);
  const onFailure = job.spec.template?.spec?.restartPolicy === 'OnFailure';
  if (
    counts.failed > backoffLimit ||
    (onFailure && restarts > 0 && restarts >= backoffLimit)
  ) {
    return failed(
      'BackoffLimitExceeded',
      'Job has reached the specified backoff limit',
    );
  }
  if (
    activeDeadlineSeconds !== undefined &&
    now >= startedAt + activeDeadlineSeconds * 1000
  ) {
    return failed(
      'DeadlineExceeded',
      'Job was active longer than specified deadline',
    );
  }
  const complete =
    completions === undefined
      ? counts.succeeded > 0 && counts.active === 0
      : counts.succeeded >= completions;
  return complete
    ? {
        complete,
        reason: 'CompletionsReached',
        message: 'Reached expected number of succeeded pods',
      }
    : undefined;
}

/** As the current API has it: the criterion first, then the end. */
function verdictConditions(verdict: Verdict, now: number): Condition[] {
  return (
    verdict.complete
      ? ['SuccessCriteriaMet', 'Complete']
      : ['FailureTarget', 'Failed']
  ).map(type => ({
    type,
    status: 'True',
    reason: verdict.reason,
    message: verdict.message,
    lastProbeTime: timestamp(now),
    lastTransitionTime: timestamp(now),
  }));
}

function wantedActive(job: StoredObject, counts: Counts): number {
  const { completions, parallelism = 1 } = job.spec;
  if (completions !== undefined) {
    return Math.max(0, Math.min(parallelism, completions - counts.succeeded));
  }
  // A work queue: once one pod has succeeded, no new ones start.
  return counts.succeeded > 0 ? counts.active : parallelism;
}

/** When the next pod may follow the last failed one; the wait doubles. */
function retryAtOf(pods: StoredObject[], failed: number): number | undefined {
  if (failed === 0) return undefined;
  const ends = pods
    .filter(pod => pod.status?.phase === 'Failed')
    .flatMap(pod => containersOf(pod))
    .map(status => Date.parse(status.state?.terminated?.finishedAt ?? ''))
    .filter(time => !Number.isNaN(time));
  if (ends.length === 0) return undefined;
  const wait = FIRST_BACKOFF_MS * 2 ** Math.min(failed - 1, 10);
  return Math.max(...ends) + Math.min(wait, LONGEST_BACKOFF_MS);
}

interface ContainerStatus {
  restartCount?: number;
  state?: { terminated?: { finishedAt?: string } };
}

function containersOf(pod: StoredObject): ContainerStatus[] {
  return pod.status?.containerStatuses ?? [];
}

function restartsOf(pod: StoredObject): number {
  return containersOf(pod).reduce(
    (sum, one) => sum + (one.restartCount ?? 0),
    0,
  );
}

function withSuspended(
  job: StoredObject,
  suspended: boolean,
  now: number,
): Condition[] {
  const status = suspended ? 'True' : 'False';
  const known = conditionOf(job, 'Suspended');
  const others = ((job.status?.conditions ?? []) as Condition[]).filter(
    condition => condition.type !== 'Suspended',
  );
  if (known?.status === status) return [...others, known];
  return [
    ...others,
    {
      type: 'Suspended',
      status,
      reason: suspended ? 'JobSuspended' : 'JobResumed',
      message: suspended ? 'Job suspended' : 'Job resumed',
      lastTransitionTime: timestamp(now),
    },
  ];
}

function statusOf(
  counts: Counts,
  rest: Record<string, unknown>,
): Record<string, unknown> {
  const status: Record<string, unknown> = { ...rest, ...counts };
  return Object.fromEntries(
    Object.entries(status).filter(
      ([key, value]) =>
        value !== undefined &&
        (value !== 0 || !Object.hasOwn(counts, key) || ALWAYS.includes(key)),
    ),
  );
}

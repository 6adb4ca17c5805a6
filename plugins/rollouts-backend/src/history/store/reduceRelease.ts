import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FactData, HistoryFact } from '../facts/HistoryFact';
import {
  ACTION_WINDOW_MILLISECONDS,
  STARTING,
  type ReleaseRecord,
} from './ReleaseRecord';

/** Times in objects are whole seconds. */
const SECOND = 1_000;

/**
 * A release after one more entry, whatever order the entries of people and of
 * the cluster come in. Without a `release-started` there is no release.
 */
export function reduceRelease(
  record: ReleaseRecord | undefined,
  fact: HistoryFact,
): ReleaseRecord | undefined {
  if (fact.kind === 'release-started') {
    return record ?? started(fact.data, fact.at);
  }
  if (!record) {
    return undefined;
  }
  const { summary } = record;
  const withSummary = (change: Partial<ReleaseSummary>): ReleaseRecord => ({
    ...record,
    summary: { ...summary, ...change },
  });
  switch (fact.kind) {
    case 'step': {
      const count = summary.step?.count ?? 0;
      const reached = Math.max(summary.step?.reached ?? 0, fact.data.index);
      return withSummary({
        step:
          count > 0 ? { reached: Math.min(reached, count), count } : undefined,
        gaps: summary.gaps || !fact.data.observed,
      });
    }
    case 'release-ended':
      return attribute(ended(record, fact.data, fact.at));
    case 'restored':
      return fact.data.observed === false
        ? record
        : withSummary({ restoredAt: iso(fact.at) });
    case 'rolled-back':
      return {
        ...withSummary({ rolledBackBy: fact.data.by }),
        rolledBackAt: fact.at,
      };
    case 'entities':
      return withSummary({
        entityRefs: union(summary.entityRefs, fact.data.entityRefs),
      });
    case 'gap':
      return withSummary({ gaps: true });
    case 'action':
      return acted(record, fact.data, fact.at);
    case 'request':
      return withSummary({
        people: union(summary.people, [fact.data.requestedBy]),
        emergency: summary.emergency || fact.data.emergency,
      });
    case 'vote':
      return withSummary({
        people: union(summary.people, [
          fact.data.vote.by,
          ...(fact.data.vote.onBehalfOf ? [fact.data.vote.onBehalfOf] : []),
        ]),
      });
    case 'emergency':
      return withSummary({
        people: union(summary.people, [fact.data.by]),
        emergency: true,
      });
    case 'comment':
      return withSummary({ people: union(summary.people, [fact.data.by]) });
    case 'request-ended':
      return withSummary({
        people: union(summary.people, fact.data.by ? [fact.data.by] : []),
      });
    default:
      return record;
  }
}

function started(data: FactData['release-started'], at: number): ReleaseRecord {
  const { cluster, namespace, name, uid, observed, steps } = data;
  return {
    summary: {
      id: '',
      ref: { cluster, namespace, name },
      uid,
      entityRefs: data.entityRefs,
      revision: data.revision,
      podHash: data.podHash,
      attempt: data.attempt,
      strategy: data.strategy,
      router: data.router,
      images: data.images,
      outcome: 'in-progress',
      startedAt: observed ? iso(at) : undefined,
      committedAt: data.committedAt,
      step: steps.length > 0 ? { reached: 0, count: steps.length } : undefined,
      people: [],
      rollbackTo: data.rollbackTo,
      emergency: false,
      gaps: !observed,
    },
  };
}

function ended(
  record: ReleaseRecord,
  { outcome, cause, reason, observed }: FactData['release-ended'],
  at: number,
): ReleaseRecord {
  const { summary } = record;
  const endedAt = outcome === 'unobserved' ? undefined : iso(at);
  const begun = Date.parse(summary.startedAt ?? '');
  return {
    ...record,
    endUnobserved: observed ? undefined : true,
    summary: {
      ...summary,
      outcome,
      cause,
      reason,
      endedAt,
      durationSeconds:
        endedAt === undefined || Number.isNaN(begun) || !observed
          ? undefined
          : Math.max(0, (at - begun) / 1_000),
      gaps: summary.gaps || !observed,
    },
  };
}

function acted(
  record: ReleaseRecord,
  { action, by, outcome, reason }: FactData['action'],
  at: number,
): ReleaseRecord {
  const { summary } = record;
  const effective = outcome === 'applied' || outcome === 'sent';
  const next: ReleaseRecord = {
    ...record,
    summary: {
      ...summary,
      people: union(summary.people, [by]),
      startedBy:
        effective && STARTING.has(action) && isBeginOf(summary, at)
          ? by
          : summary.startedBy,
    },
  };
  return effective && action === 'abort'
    ? attribute({ ...next, abort: { by, at, reason } })
    : next;
}

/** Whether an action at this time can have set the release off. */
function isBeginOf({ startedAt }: ReleaseSummary, at: number): boolean {
  const begun = Date.parse(startedAt ?? '');
  return begun >= at - SECOND && begun <= at + ACTION_WINDOW_MILLISECONDS;
}

/** An abort that the controller gives no reason for was somebody's. */
function attribute(record: ReleaseRecord): ReleaseRecord {
  const { summary, abort } = record;
  if (summary.outcome !== 'aborted' || isMachine(summary.cause)) {
    return record;
  }
  const endedAt = Date.parse(summary.endedAt ?? '');
  const fits =
    abort && Math.abs(endedAt - abort.at) <= ACTION_WINDOW_MILLISECONDS;
  return {
    ...record,
    summary: {
      ...summary,
      cause: fits ? 'person' : 'outside',
      endedBy: fits ? abort.by : undefined,
      reason: (fits ? abort.reason : undefined) ?? summary.reason,
    },
  };
}

function isMachine(cause: ReleaseSummary['cause']): boolean {
  return cause === 'analysis' || cause === 'deadline';
}

function union(known: string[], more: string[]): string[] {
  return [...new Set([...known, ...more])].sort();
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

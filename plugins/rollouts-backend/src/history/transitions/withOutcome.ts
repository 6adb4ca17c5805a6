import type {
  ReleaseCause,
  ReleaseOutcome,
  RevisionOutcome,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { HistoryFact } from '../facts/HistoryFact';
import type { StreamState } from './StreamState';

/**
 * The state with what the release that these facts end came to. Revisions that
 * are no longer among those last seen are forgotten, so it stays small.
 * @param ended - the release that went on before
 */
export function withOutcome(
  next: StreamState,
  ended: StreamState['release'],
  facts: readonly HistoryFact[],
): StreamState {
  const known = { ...next.outcomes };
  for (const fact of facts) {
    if (fact.kind !== 'release-ended') {
      continue;
    }
    const release = [ended, next.release].find(
      each => each?.id === fact.releaseId,
    );
    const outcome = outcomeOf(fact.data.outcome, fact.data.cause);
    if (release && outcome) {
      known[release.podHash] = outcome;
    }
  }
  const hashes = new Set(next.seen.map(([hash]) => hash));
  const kept = Object.entries(known).filter(([hash]) => hashes.has(hash));
  return kept.length > 0
    ? { ...next, outcomes: Object.fromEntries(kept) }
    : next;
}

function outcomeOf(
  outcome: ReleaseOutcome,
  cause: ReleaseCause | undefined,
): RevisionOutcome | undefined {
  switch (outcome) {
    // It was stable already when it was first seen.
    case 'unobserved':
    case 'completed':
      return 'completed';
    case 'aborted':
      return cause === 'analysis' ? 'rolled-back' : 'aborted';
    default:
      return undefined;
  }
}

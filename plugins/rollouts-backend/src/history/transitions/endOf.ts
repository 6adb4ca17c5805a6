import type { ReleaseOutcome } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FactData } from '../facts/HistoryFact';
import type { Draft } from './Draft';

/** Of something that is so now, and was seen to become so or not. */
export function restoredData(observed: boolean): FactData['restored'] {
  return observed ? {} : { observed };
}

/** Ends the release; what still went on in it ended with it. */
export function endOf(draft: Draft, outcome: ReleaseOutcome, at: number): void {
  const { observation } = draft;
  const aborted = outcome === 'aborted';
  draft.add('release-ended', 0, at, {
    outcome,
    cause: aborted ? observation.cause : undefined,
    reason: aborted ? observation.reason : undefined,
    // An abort has a time of its own.
    observed:
      observation.gap === undefined ||
      (aborted && observation.abortedAt !== undefined),
  });
  const { takesBack, begunUnobserved } = draft.release;
  if (outcome === 'completed' && takesBack !== undefined) {
    draft.facts.push({
      releaseId: takesBack,
      kind: 'restored',
      key: `${takesBack}/restored/0`,
      at,
      data: restoredData(
        observation.gap === undefined && begunUnobserved !== true,
      ),
    });
  }
  draft.release = { ...draft.release, ended: outcome, pauses: [] };
}

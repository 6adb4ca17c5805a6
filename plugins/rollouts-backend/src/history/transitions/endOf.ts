import type { ReleaseOutcome } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Draft } from './Draft';

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
  const { takesBack } = draft.release;
  if (outcome === 'completed' && takesBack !== undefined) {
    draft.facts.push({
      releaseId: takesBack,
      kind: 'restored',
      key: `${takesBack}/restored/0`,
      at,
      data: {},
    });
  }
  draft.release = { ...draft.release, ended: outcome, pauses: [] };
}

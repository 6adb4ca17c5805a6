import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutContext } from '../context';
import { isInRollbackWindow } from '../revisions/isInRollbackWindow';

const BAD = ['Failed', 'Error', 'Inconclusive'];

/** The last analysis of the current revision did not speak for it. */
function wasJudgedBad({ current, snapshot }: RolloutContext): boolean {
  const newest = snapshot.analysisRuns
    .filter(
      ({ metadata }) =>
        metadata.labels?.[POD_TEMPLATE_HASH_LABEL] === current.hash,
    )
    .reduce<(typeof snapshot.analysisRuns)[number] | undefined>(
      (last, run) =>
        (last?.metadata.creationTimestamp ?? '') >
        (run.metadata.creationTimestamp ?? '')
          ? last
          : run,
      undefined,
    );
  return BAD.includes(newest?.status?.phase ?? '');
}

/**
 * An older revision that has not been scaled down yet: its deadline is still
 * on it. Source: docs, FAQ, "fast rollback". A revision newer than the stable
 * one was never approved, so it gets its pause and its analysis.
 */
function isStillRunning(context: RolloutContext): boolean {
  const { current, stable, before } = context;
  return (
    stable !== undefined &&
    current.exists &&
    current.replicas > 0 &&
    current.deadline !== undefined &&
    current.createdAt < stable.createdAt &&
    // After an abort the deadline is that of the abort.
    before.abortedAt === undefined &&
    !wasJudgedBad(context)
  );
}

/** Why the current revision is promoted without pause and analysis, if it is. */
export function fastTrack(context: RolloutContext): string | undefined {
  if (context.draft.status.promoteFull) return 'Full promotion requested';
  if (isInRollbackWindow(context)) return 'Rollback within window';
  return isStillRunning(context)
    ? `Rollback to '${context.current.replicaSet.metadata.name}' within scaleDownDelay`
    : undefined;
}

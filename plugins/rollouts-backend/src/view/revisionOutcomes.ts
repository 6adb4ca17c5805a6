import {
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  type AnalysisRun,
  type KubeEvent,
  type ReplicaSet,
  type RevisionOutcome,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { abortCause } from './abortCause';
import type { RolloutSources } from './RolloutSources';

/** Revisions' outcomes by their pod hashes. */
export type RevisionOutcomes = ReadonlyMap<string, RevisionOutcome>;

const ENDED =
  /^Rollout (aborted|completed) update to revision (\d+)(?!\d)(.*)$/s;

/**
 * What is known of how updates to the revisions ended. The history knows it
 * best; without it Events tell for the hour that a cluster keeps them, and
 * failed analysis runs for as long as they are kept.
 */
export function revisionOutcomes({
  rollout,
  replicaSets,
  analysisRuns,
  events,
  recorded,
}: Pick<
  RolloutSources,
  'rollout' | 'replicaSets' | 'analysisRuns' | 'events' | 'recorded'
>): RevisionOutcomes {
  const { stableRS, currentPodHash, abort } = rollout.status ?? {};
  const outcomes = new Map<string, RevisionOutcome>();
  for (const { metadata } of replicaSets) {
    const hash = metadata.labels?.[POD_TEMPLATE_HASH_LABEL];
    if (!hash) {
      continue;
    }
    // What goes on has not come to anything yet, whatever it came to before.
    const goesOn = hash === currentPodHash && !abort;
    const outcome =
      hash === stableRS
        ? 'completed'
        : !goesOn &&
          (recorded.get(hash) ??
            byEvents(metadata, events) ??
            byAnalysis(hash, analysisRuns));
    if (outcome) {
      outcomes.set(hash, outcome);
    }
  }
  return outcomes;
}

function byEvents(
  { annotations }: ReplicaSet['metadata'],
  events: KubeEvent[],
): RevisionOutcome | undefined {
  const last = events
    .map(event => ({ event, ended: ENDED.exec(event.message ?? '') }))
    .filter(({ ended }) => ended?.[2] === annotations?.[REVISION_ANNOTATION])
    .reduce<{ at: number; ended: RegExpExecArray | null } | undefined>(
      (latest, { event, ended }) => {
        const at = timeOf(event);
        return latest && latest.at >= at ? latest : { at, ended };
      },
      undefined,
    )?.ended;
  if (!last) {
    return undefined;
  }
  if (last[1] === 'completed') {
    return 'completed';
  }
  return abortCause(last[3]) === 'analysis' ? 'rolled-back' : 'aborted';
}

/** A failure counts unless a run that began after it tells of another attempt. */
function byAnalysis(
  hash: string,
  runs: AnalysisRun[],
): RevisionOutcome | undefined {
  const own = runs.filter(
    ({ metadata }) => metadata.labels?.[POD_TEMPLATE_HASH_LABEL] === hash,
  );
  const newest = Math.max(
    ...own.map(({ metadata }) => Date.parse(metadata.creationTimestamp ?? '')),
  );
  return own.some(
    ({ status = {} }) =>
      ['Failed', 'Error'].includes(status.phase ?? '') &&
      Date.parse(status.completedAt ?? '') >= newest,
  )
    ? 'rolled-back'
    : undefined;
}

function timeOf({ lastTimestamp, eventTime, metadata }: KubeEvent): number {
  return (
    Date.parse(
      lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '',
    ) || 0
  );
}

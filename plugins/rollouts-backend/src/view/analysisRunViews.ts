import {
  POD_TEMPLATE_HASH_LABEL,
  type AnalysisRun,
  type AnalysisRunView,
  type MetricView,
  type ReplicaSet,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { analysisVerdict } from '@progressive-delivery/delivery';
import { analysisPhase } from './analysisPhase';
import { runKindOf, stepIndexOf } from './analysisRunKind';
import { metricViews } from './metricViews';
import { findByHash, revisionOf } from './revisions';

/** Newest first. */
export function analysisRunViews(
  runs: AnalysisRun[],
  replicaSets: ReplicaSet[],
): AnalysisRunView[] {
  return [...runs]
    .sort((a, b) => createdAt(b).localeCompare(createdAt(a)))
    .map(run => analysisRunView(run, replicaSets));
}

/**
 * The metrics that decide now: of the runs that go on, or of the one that
 * ended the rollout.
 */
export function decidingMetrics(
  { status = {} }: Rollout,
  runs: AnalysisRunView[],
): MetricView[] {
  const named = [
    status.canary?.currentStepAnalysisRunStatus,
    status.canary?.currentBackgroundAnalysisRunStatus,
    status.blueGreen?.prePromotionAnalysisRunStatus,
    status.blueGreen?.postPromotionAnalysisRunStatus,
  ].flatMap(ref => ref?.name ?? []);
  const experiment = status.canary?.currentExperiment;
  const current = runs.filter(
    ({ name }) =>
      named.includes(name) ||
      (experiment !== undefined && name.startsWith(`${experiment}-`)),
  );
  return current.flatMap(({ metrics }) => metrics);
}

/** One run as it is shown; its texts must be clean already. */
export function analysisRunView(
  run: AnalysisRun,
  replicaSets: ReplicaSet[],
): AnalysisRunView {
  const { metadata, status = {} } = run;
  const replicaSet = findByHash(
    replicaSets,
    metadata.labels?.[POD_TEMPLATE_HASH_LABEL],
  );
  return {
    name: metadata.name,
    uid: metadata.uid ?? '',
    kind: runKindOf(run),
    stepIndex: stepIndexOf(run),
    revision: revisionOf(run) ?? (replicaSet && revisionOf(replicaSet)),
    phase: analysisPhase(status.phase),
    message: status.message,
    verdict: analysisVerdict(run),
    startedAt: status.startedAt ?? metadata.creationTimestamp,
    completedAt: status.completedAt,
    metrics: metricViews(run),
  };
}

function createdAt({ metadata }: AnalysisRun): string {
  return metadata.creationTimestamp ?? '';
}

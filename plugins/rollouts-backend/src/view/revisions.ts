import {
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  SCALE_DOWN_DEADLINE_ANNOTATION,
  isFullyPromoted,
  type AnalysisRun,
  type ReplicaCounts,
  type ReplicaSet,
  type RevisionView,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { podView } from './podView';
import { revisionOutcomes } from './revisionOutcomes';
import type { RolloutSources } from './RolloutSources';

export function podHashOf({ metadata }: { metadata: ReplicaSet['metadata'] }) {
  return metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '';
}

export function revisionOf({
  metadata,
}: {
  metadata: ReplicaSet['metadata'];
}): number | undefined {
  const text = metadata.annotations?.[REVISION_ANNOTATION];
  const revision = Number(text);
  return text !== undefined && Number.isInteger(revision)
    ? revision
    : undefined;
}

export function findByHash(
  replicaSets: ReplicaSet[],
  hash: string | undefined,
): ReplicaSet | undefined {
  return hash
    ? replicaSets.find(replicaSet => podHashOf(replicaSet) === hash)
    : undefined;
}

export function replicaCounts(
  replicaSet: ReplicaSet | undefined,
): ReplicaCounts {
  return {
    desired: replicaSet?.spec.replicas ?? 0,
    ready: replicaSet?.status?.readyReplicas ?? 0,
    available: replicaSet?.status?.availableReplicas ?? 0,
  };
}

/** Newest first. */
export function revisionViews(sources: RolloutSources): RevisionView[] {
  const { rollout, replicaSets, analysisRuns, podsOf } = sources;
  const outcomes = revisionOutcomes(sources);
  return replicaSets
    .map(replicaSet => ({
      revision: revisionOf(replicaSet) ?? 0,
      outcome: outcomes.get(podHashOf(replicaSet)),
      podHash: podHashOf(replicaSet),
      replicaSet: replicaSet.metadata.name,
      role: roleOf(rollout, podHashOf(replicaSet)),
      images: replicaSet.spec.template.spec.containers.map(
        ({ name, image = '' }) => ({ container: name, image }),
      ),
      replicas: replicaCounts(replicaSet),
      createdAt: replicaSet.metadata.creationTimestamp,
      scaleDownAt:
        replicaSet.metadata.annotations?.[SCALE_DOWN_DEADLINE_ANNOTATION] ||
        undefined,
      pods: podsOf(replicaSet.metadata.uid ?? '')
        .map(podView)
        .sort((a, b) => a.name.localeCompare(b.name)),
      analysisRuns: runsOf(analysisRuns, podHashOf(replicaSet)),
    }))
    .sort((a, b) => b.revision - a.revision);
}

function roleOf(rollout: Rollout, hash: string): RevisionView['role'] {
  const { spec, status = {} } = rollout;
  const blueGreen = spec.strategy?.blueGreen !== undefined;
  if (blueGreen && hash === status.blueGreen?.activeSelector) {
    return 'active';
  }
  if (hash === status.stableRS) {
    return 'stable';
  }
  if (hash !== status.currentPodHash || isFullyPromoted(rollout)) {
    return 'old';
  }
  return blueGreen ? 'preview' : 'canary';
}

function runsOf(runs: AnalysisRun[], podHash: string): string[] {
  return runs
    .filter(
      ({ metadata }) => metadata.labels?.[POD_TEMPLATE_HASH_LABEL] === podHash,
    )
    .map(({ metadata }) => metadata.name)
    .sort();
}

import {
  isFullyPromoted,
  managedBy,
  rolloutPhase,
  rolloutWeights,
  type Rollout,
  type RolloutSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  explainRollout,
  trafficRouterNames,
} from '@progressive-delivery/delivery';
import { abortedBy } from './abortedBy';
import { imageChanges, versionTags } from './images';
import { findByHash, replicaCounts, revisionOf } from './revisions';
import type { RolloutSources } from './RolloutSources';

/** A rollout in a row of a list and at the top of its page. */
export function rolloutSummary(sources: RolloutSources): RolloutSummary {
  const { rollout, replicaSets, cluster } = sources;
  const { metadata, status = {}, spec } = rollout;
  const stable = findByHash(replicaSets, status.stableRS);
  const current = findByHash(replicaSets, status.currentPodHash);
  const canary = isFullyPromoted(rollout) ? undefined : current;
  const images = imageChanges(rollout, replicaSets);
  const stepsCount = spec.strategy?.canary?.steps?.length ?? 0;
  return {
    ref: { cluster, namespace: metadata.namespace ?? '', name: metadata.name },
    uid: metadata.uid ?? '',
    entityRefs: [...sources.entityRefs],
    strategy: strategyOf(rollout),
    router: trafficRouterNames(rollout)[0],
    ...rolloutPhase(rollout),
    ...explain(sources, images),
    aborted: status.abort === true,
    images,
    revision: (current && revisionOf(current)) ?? revisionOf(rollout),
    stableRevision: stable && revisionOf(stable),
    step:
      stepsCount > 0
        ? {
            index: isFullyPromoted(rollout)
              ? stepsCount
              : Math.min(status.currentStepIndex ?? 0, stepsCount),
            count: stepsCount,
          }
        : undefined,
    weights: rolloutWeights(rollout, {
      canary: canary?.status?.availableReplicas ?? 0,
      all: replicaSets.reduce(
        (sum, each) => sum + (each.status?.availableReplicas ?? 0),
        0,
      ),
    }),
    pods: {
      desired: spec.replicas ?? 1,
      stable: replicaCounts(stable),
      canary: replicaCounts(canary),
    },
    startedAt: current?.metadata.creationTimestamp,
    managedBy: managedBy(rollout),
    controller: sources.controller,
    stale: sources.stale,
  };
}

function explain(
  { rollout, analysisRuns, actions, hold }: RolloutSources,
  images: RolloutSummary['images'],
): Pick<RolloutSummary, 'sentence' | 'next'> {
  try {
    // No clock: the sentence is the same for all who read it, until something changes.
    return explainRollout(rollout, {
      ...versionTags(images),
      analysisRuns,
      hold,
      abortedBy: abortedBy(rollout, actions),
    });
  } catch (error) {
    return {
      sentence: `Its manifest cannot be followed: ${error instanceof Error ? error.message : error}`,
    };
  }
}

/** What a rollout calls its way of bringing a version out. */
export function strategyOf({ spec }: Rollout): RolloutSummary['strategy'] {
  if (spec.strategy?.blueGreen) {
    return 'blueGreen';
  }
  const { canary } = spec.strategy ?? {};
  return canary && (canary.steps?.length || canary.trafficRouting)
    ? 'canary'
    : 'rollingUpdate';
}

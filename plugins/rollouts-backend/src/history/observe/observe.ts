import {
  POD_TEMPLATE_HASH_LABEL,
  isFullyPromoted,
  rolloutPhase,
  rolloutWeights,
  type AnalysisRun,
  type ReleaseGap,
  type ReleaseImage,
  type ReplicaSet,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  abortReason,
  trafficRouterNames,
} from '@progressive-delivery/delivery';
import { KUBERNETES_ID } from '../../entities/EntitySelection';
import { abortCause } from '../../view/abortCause';
import { analysisRunView } from '../../view/analysisRunViews';
import { imageChanges } from '../../view/images';
import { findByHash, revisionOf } from '../../view/revisions';
import { strategyOf } from '../../view/rolloutSummary';
import { SecretTexts } from '../../view/SecretTexts';
import type { Observation, ObservedRun } from './Observation';
import { plannedSteps } from './plannedSteps';

/** On a ReplicaSet that an earlier revision has used before. */
const REVISION_HISTORY = 'rollout.argoproj.io/revision-history';
const ANSWERS: ReadonlySet<string> = new Set([
  'message',
  'value',
  'ResolvedPrometheusQuery',
]);

/** What the portal has of a rollout when it looks. */
export interface Sighting {
  /** Milliseconds since the epoch. */
  at: number;
  cluster: string;
  rollout: Rollout;
  gone: boolean;
  entityRefs: readonly string[];
  replicaSets: ReplicaSet[];
  analysisRuns: AnalysisRun[];
  /** Annotations that hold the time of a commit, the first wins. */
  commitAnnotations: readonly string[];
  gap?: ReleaseGap;
}

/** Takes from a rollout and what belongs to it what the history looks at. */
export function observe(sighting: Sighting): Observation {
  const { at, cluster, rollout, gone, replicaSets, analysisRuns } = sighting;
  const { metadata, status = {} } = rollout;
  const current = findByHash(replicaSets, status.currentPodHash);
  const steps = plannedSteps(rollout);
  const said = messageOf(rollout, analysisRuns);
  return {
    at,
    cluster,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid ?? '',
    kubernetesId: metadata.labels?.[KUBERNETES_ID],
    entityRefs: [...sighting.entityRefs].sort(),
    resourceVersion: metadata.resourceVersion,
    gone,
    strategy: strategyOf(rollout),
    router: trafficRouterNames(rollout)[0],
    podHash: status.currentPodHash ?? '',
    stableHash: status.stableRS ?? '',
    // The Rollout's own is of the same moment as its status; a ReplicaSet may lag.
    revision: revisionOf(rollout) ?? (current && revisionOf(current)),
    createdAt: createdAt(current),
    rollbackTo: earlierRevision(current),
    committedAt: committedAt(sighting, current),
    images: imagesOf(rollout, replicaSets, current),
    steps,
    stepsHash: status.currentStepHash ?? '',
    stepIndex: isFullyPromoted(rollout)
      ? steps.length
      : Math.min(status.currentStepIndex ?? 0, steps.length),
    weights: rolloutWeights(rollout, {
      canary: current?.status?.availableReplicas ?? 0,
      all: replicaSets.reduce(
        (sum, each) => sum + (each.status?.availableReplicas ?? 0),
        0,
      ),
    }),
    aborted: status.abort === true,
    abortedAt: timeOf(status.abortedAt),
    // In the words of the page; of an abort by hand there are none.
    reason: status.abort
      ? recordable(abortReason(rollout, analysisRuns), analysisRuns)
      : undefined,
    cause: status.abort ? abortCause(said) : undefined,
    pauses: pausesOf(rollout, at),
    trouble:
      !status.abort && rolloutPhase(rollout).phase === 'Degraded'
        ? said
        : undefined,
    runs: analysisRuns.map(run => observedRun(run, replicaSets)),
    gap: sighting.gap,
  };
}

/** By the ReplicaSet, which never changes; the template may be newer than the status. */
function imagesOf(
  rollout: Rollout,
  replicaSets: ReplicaSet[],
  current: ReplicaSet | undefined,
): ReleaseImage[] {
  const asOfStatus = current
    ? {
        ...rollout,
        spec: { ...rollout.spec, template: current.spec.template },
      }
    : rollout;
  return imageChanges(asOfStatus, replicaSets).flatMap(
    ({ container, stable, current: to }) =>
      to === undefined ? [] : [{ container, from: stable, to }],
  );
}

function observedRun(run: AnalysisRun, replicaSets: ReplicaSet[]): ObservedRun {
  const { metadata, status = {} } = run;
  return {
    uid: metadata.uid ?? '',
    name: metadata.name,
    podHash: metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '',
    startedAt: timeOf(status.startedAt ?? metadata.creationTimestamp) ?? 0,
    completedAt: timeOf(status.completedAt),
    view: () =>
      analysisRunView(
        { ...run, status: new SecretTexts([run]).cleanIn(status, ANSWERS) },
        replicaSets,
      ),
  };
}

/** The controller's words for why it is as it is, without secrets. */
function messageOf(
  rollout: Rollout,
  analysisRuns: AnalysisRun[],
): string | undefined {
  const { phase, message } = rolloutPhase(rollout);
  if (phase !== 'Degraded' && !rollout.status?.abort) {
    return undefined;
  }
  const text = message
    .replace(/^RolloutAborted: /, '')
    .replace(/^Rollout aborted update to revision \d+(: )?/, '');
  return recordable(text, analysisRuns);
}

/** Without secrets, and no longer than a record may be. */
function recordable(
  text: string,
  analysisRuns: AnalysisRun[],
): string | undefined {
  return text === ''
    ? undefined
    : new SecretTexts(analysisRuns).clean(text).slice(0, 2_000);
}

function pausesOf({ spec, status = {} }: Rollout, at: number) {
  const pauses = (status.pauseConditions ?? []).map(
    ({ reason, startTime }) => ({
      reason,
      startedAt: timeOf(startTime) ?? at,
    }),
  );
  // `spec.paused` has no time of its own.
  return spec.paused
    ? [...pauses, { reason: 'Manual', startedAt: at }]
    : pauses;
}

function createdAt(replicaSet: ReplicaSet | undefined): number | undefined {
  return replicaSet?.metadata.annotations?.[REVISION_HISTORY]
    ? undefined
    : timeOf(replicaSet?.metadata.creationTimestamp);
}

function earlierRevision(
  replicaSet: ReplicaSet | undefined,
): number | undefined {
  const last =
    replicaSet?.metadata.annotations?.[REVISION_HISTORY]?.split(',').at(-1);
  const revision = Number(last);
  return last && Number.isInteger(revision) ? revision : undefined;
}

function committedAt(
  { rollout, commitAnnotations }: Sighting,
  current: ReplicaSet | undefined,
): string | undefined {
  const places = [
    rollout.spec.template?.metadata?.annotations,
    rollout.metadata.annotations,
    current?.metadata.annotations,
  ];
  for (const name of commitAnnotations) {
    for (const annotations of places) {
      const time = timeOf(annotations?.[name]);
      if (time !== undefined) {
        return new Date(time).toISOString();
      }
    }
  }
  return undefined;
}

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

import {
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  type AnalysisPhase,
  type AnalysisRun,
  type Experiment,
  type ReplicaSet,
  type Rollout,
  type RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ExperimentSnapshot } from '../../experiment/snapshot';
import type { RolloutSnapshot } from '../../rollout/snapshot';
import type { RevisionSample } from './timeline';

/** A revision as it is seen, with its hash. */
export interface ObservedRevision extends RevisionSample {
  hash: string;
}

/** What somebody who looks at the cluster sees, whatever the strategy. */
export interface Observation {
  /** Milliseconds since the epoch. */
  now: number;
  rollout: Rollout;
  status: RolloutStatus;
  revisions: ObservedRevision[];
  /** The hash that each service selects, by the service's name. */
  selected: Map<string, string>;
  runs: AnalysisRun[];
  /** Phases of experiments by name. */
  experiments: Map<string, AnalysisPhase>;
  /** Percent of the requests that the new version answers. */
  share: number;
  experimentShare: number;
}

const hashOf = ({ metadata }: ReplicaSet) =>
  metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '';

const percent = (part: number, whole: number) =>
  whole === 0 ? 0 : Math.round((part * 1_000) / whole) / 10;

function roleOf(
  replicaSet: ReplicaSet,
  rollout: Rollout,
  stableHash: string | undefined,
): RevisionSample['role'] {
  const { ownerReferences } = replicaSet.metadata;
  if (ownerReferences?.some(owner => owner.kind === 'Experiment')) {
    return 'experiment';
  }
  const hash = hashOf(replicaSet);
  if (hash === rollout.status?.currentPodHash) return 'new';
  return hash === stableHash ? 'stable' : 'other';
}

function revisionsOf({
  rollout,
  replicaSets,
}: Pick<RolloutSnapshot, 'rollout' | 'replicaSets'>) {
  const stable = rollout.status?.stableRS;
  return replicaSets
    .map((each): ObservedRevision => ({
      hash: hashOf(each),
      revision: Number(each.metadata.annotations?.[REVISION_ANNOTATION] ?? 0),
      role: roleOf(each, rollout, stable),
      wanted: each.spec.replicas ?? 1,
      available: each.status?.availableReplicas ?? 0,
    }))
    .sort((a, b) => a.revision - b.revision);
}

function selectedBy({ services }: RolloutSnapshot): Map<string, string> {
  return new Map(
    Object.entries(services).flatMap(([name, { spec }]) => {
      const hash = spec.selector?.[POD_TEMPLATE_HASH_LABEL];
      return hash === undefined ? [] : [[name, hash]];
    }),
  );
}

function shareOf(
  { rollout }: RolloutSnapshot,
  revisions: ObservedRevision[],
  selected: Map<string, string>,
): number {
  const { currentPodHash, stableRS, canary: state } = rollout.status ?? {};
  const { blueGreen, canary } = rollout.spec.strategy ?? {};
  if (blueGreen) {
    return selected.get(blueGreen.activeService) === currentPodHash ? 100 : 0;
  }
  if (canary?.trafficRouting) {
    if (stableRS === currentPodHash) return 100;
    const weight = state?.weights?.canary?.weight ?? 0;
    return percent(weight, canary.trafficRouting.maxTrafficWeight ?? 100);
  }
  const served = revisions.filter(each => each.role !== 'experiment');
  const all = served.reduce((sum, each) => sum + each.available, 0);
  const mine = served.find(each => each.hash === currentPodHash);
  return percent(mine?.available ?? 0, all);
}

function experimentShareOf({ rollout }: RolloutSnapshot): number {
  const { weights } = rollout.status?.canary ?? {};
  const { maxTrafficWeight = 100 } =
    rollout.spec.strategy?.canary?.trafficRouting ?? {};
  const additional = weights?.additional ?? [];
  return percent(
    additional.reduce((sum, each) => sum + each.weight, 0),
    maxTrafficWeight,
  );
}

/** Reads from a snapshot what people would see. */
export function observe(
  snapshot: RolloutSnapshot,
  now: number,
  experiments: ExperimentSnapshot[] = [],
): Observation {
  const revisions = revisionsOf({
    rollout: snapshot.rollout,
    replicaSets: [
      ...experiments.flatMap(each => each.replicaSets),
      ...snapshot.replicaSets,
    ],
  });
  const selected = selectedBy(snapshot);
  return {
    now,
    rollout: snapshot.rollout,
    status: snapshot.rollout.status ?? {},
    revisions,
    selected,
    runs: [
      ...snapshot.analysisRuns,
      ...experiments.flatMap(each => each.analysisRuns),
    ],
    experiments: new Map(
      snapshot.experiments.map(each => [
        each.metadata.name,
        (each as Experiment).status?.phase ?? 'Pending',
      ]),
    ),
    share: shareOf(snapshot, revisions, selected),
    experimentShare: experimentShareOf(snapshot),
  };
}

import type {
  AnalysisRun,
  KubeEvent,
  Pod,
  ReplicaSet,
  Rollout,
  RolloutSummary,
  StaleView,
  TimelineEntry,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Everything in memory that a rollout's view is made of. */
export interface RolloutSources {
  cluster: string;
  rollout: Rollout;
  entityRefs: readonly string[];
  replicaSets: ReplicaSet[];
  /** By the uid of their ReplicaSet. */
  podsOf: (replicaSetUid: string) => Pod[];
  analysisRuns: AnalysisRun[];
  events: KubeEvent[];
  /** What people did here, newest first. */
  actions: TimelineEntry[];
  controller: RolloutSummary['controller'];
  stale?: StaleView;
  /** Whether an object that the manifest names is there; `undefined`: not known. */
  exists: (
    kind:
      | 'service'
      | 'virtualService'
      | 'analysisTemplate'
      | 'clusterAnalysisTemplate',
    name: string,
  ) => boolean | undefined;
}

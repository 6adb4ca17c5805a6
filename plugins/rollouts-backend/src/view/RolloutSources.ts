import type {
  ActionLock,
  AnalysisRun,
  KubeEvent,
  Pod,
  ReplicaSet,
  RevisionOutcome,
  Rollout,
  RolloutAction,
  RolloutSummary,
  StaleView,
  TimelineEntry,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Hold } from '@progressive-delivery/delivery';

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
  /** How updates to its revisions ended, by the history; by pod hash. */
  recorded: ReadonlyMap<string, RevisionOutcome>;
  /** What people did here, newest first. */
  actions: TimelineEntry[];
  /** What keeps an action from everybody for now. */
  locksOf: (action: RolloutAction) => ActionLock[];
  /** The freeze that keeps the embedded controller from going on by itself. */
  hold?: Hold;
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

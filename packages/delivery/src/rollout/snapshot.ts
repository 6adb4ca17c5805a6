import type {
  AnalysisRun,
  AnalysisTemplate,
  CanaryStrategy,
  Experiment,
  KubeObject,
  Pod,
  ReplicaSet,
  Rollout,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Hold } from './holds/hold';
import type { StepPluginDone } from '../stepPlugins/stepPluginCall';
import type { Resource } from '@progressive-delivery/kube/resources';

/**
 * One rollout and everything that belongs to it, as one consistent-enough
 * view: each object may be older than another, never newer than `now`. The
 * planner reads nothing else.
 */
export interface RolloutSnapshot {
  rollout: Rollout;
  /** Of the rollout's namespace: those it owns, and orphans its selector matches. */
  replicaSets: ReplicaSet[];
  /**
   * Pods of those ReplicaSets; left out when nothing asks for single ones: no
   * metadata of a role, no restart.
   */
  pods?: Pod[];
  /**
   * Services of the namespace that the strategy names, and those that it named
   * before (`MANAGED_BY_ANNOTATION`); absent ones are missing.
   */
  services: Record<string, Service>;
  /** Names of the other rollouts that name a service in their strategies. */
  serviceUsers?: Record<string, string[]>;
  /** AnalysisRuns that the rollout owns. */
  analysisRuns: AnalysisRun[];
  /**
   * Names of AnalysisRuns that look like the rollout's, whoever owns them: those
   * of an earlier rollout of the same name may still be there.
   */
  takenRunNames?: string[];
  /** Experiments that the rollout owns. */
  experiments: Experiment[];
  /** Names of Experiments that a step's may not take, whoever owns them. */
  takenExperimentNames?: string[];
  /** AnalysisTemplates of the namespace, by name. */
  analysisTemplates: Record<string, AnalysisTemplate>;
  clusterAnalysisTemplates: Record<string, AnalysisTemplate>;
  /** Routing objects that the strategy names, by `routeKey`. */
  routes: Record<string, KubeObject>;
  /**
   * The version in which the cluster serves a routing kind, by `kindKey`;
   * `null`: it lacks the kind. Left out: as the router asks for it.
   */
  servedKinds?: Record<string, string | null>;
  /**
   * The canary strategy by which a rollout that is blue-green now was routed,
   * if who drives the planner has seen it; `routes` has its objects, too.
   */
  formerCanary?: CanaryStrategy;
  /** The workload of `spec.workloadRef`, when there is one. */
  workload?: KubeObject;
  /** Names for a new ReplicaSet that are held already, whoever owns them. */
  takenNames?: string[];
  /** Calls of step plugins that have ended and are not in the status yet. */
  stepPluginsDone?: StepPluginDone[];
  /**
   * Times, also to come, in which it does not go on by itself. Not an object of
   * the cluster: whoever drives the planner knows them.
   */
  holds?: readonly Hold[];
  /** PodDisruptionBudgets of the namespace. */
  disruptionBudgets: KubeObject[];
}

/** Key of `RolloutSnapshot.servedKinds`. Versions of a kind are one. */
export function kindKey({
  group,
  plural,
}: Pick<Resource, 'group' | 'plural'>): string {
  return `${group}/${plural}`;
}

/** Key of `RolloutSnapshot.routes`. */
export function routeKey(
  kind: Pick<Resource, 'group' | 'plural'>,
  namespace: string,
  name: string,
): string {
  return `${kindKey(kind)}/${namespace}/${name}`;
}

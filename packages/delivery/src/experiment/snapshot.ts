import type {
  AnalysisRun,
  AnalysisTemplate,
  Experiment,
  ReplicaSet,
  Rollout,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * One experiment and everything that belongs to it. The planner reads nothing
 * else.
 */
export interface ExperimentSnapshot {
  experiment: Experiment;
  /** That the experiment owns. */
  replicaSets: ReplicaSet[];
  /** That the experiment owns, and others that hold a name it asks for. */
  services: Service[];
  /** That the experiment owns. */
  analysisRuns: AnalysisRun[];
  /** AnalysisTemplates of the namespace, by name. */
  analysisTemplates: Record<string, AnalysisTemplate>;
  clusterAnalysisTemplates: Record<string, AnalysisTemplate>;
  /** Names of ReplicaSets that it would take and that others hold. */
  takenReplicaSetNames: string[];
  /** Names of AnalysisRuns that it would take and that are held, by whomever. */
  takenRunNames: string[];
  /**
   * Pod hashes that the rollout it belongs to still sends traffic to, by that
   * rollout's status.
   */
  routedHashes: string[];
  /**
   * What the API server said when it refused to create an object of this turn,
   * by `kind/name`: writing the same again would not help.
   */
  refusals: Record<string, string>;
}

/** Key of `ExperimentSnapshot.refusals`. */
export function refusalKey(object: {
  kind?: string;
  metadata: { name: string };
}): string {
  return `${object.kind}/${object.metadata.name}`;
}

/** `ExperimentSnapshot.routedHashes` of an experiment that this rollout owns. */
export function routedHashesOf(rollout: Rollout | undefined): string[] {
  const { additional = [] } = rollout?.status?.canary?.weights ?? {};
  return additional.flatMap(each => each.podTemplateHash ?? []);
}

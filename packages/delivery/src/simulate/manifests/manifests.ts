import type {
  AnalysisTemplate,
  KubeObject,
  Rollout,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What some files say, by what the simulation needs it for. */
export interface Manifests {
  rollouts: Rollout[];
  services: Service[];
  analysisTemplates: AnalysisTemplate[];
  clusterAnalysisTemplates: AnalysisTemplate[];
  disruptionBudgets: KubeObject[];
  /** Deployments, ReplicaSets and PodTemplates, for `spec.workloadRef`. */
  workloads: KubeObject[];
  /** All else; routing objects are among it. */
  others: KubeObject[];
}

/** A file that cannot be read as Kubernetes objects. The message names the place. */
export class ManifestError extends Error {
  readonly name = 'ManifestError';
}

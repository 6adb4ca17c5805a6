import type { AnalysisArgument, AnalysisPhase } from './analysis';
import type {
  Condition,
  KubeObject,
  LabelSelector,
  PodTemplateSpec,
} from './objects';
import type { PodTemplateMetadata } from './rollout';

/**
 * `argoproj.io/v1alpha1` Experiment, as Argo Rollouts v1.9 defines it:
 * versions that run side by side for a while, and analyses that compare them.
 * It has no status subresource.
 * @public
 */
export interface Experiment extends KubeObject {
  spec: ExperimentSpec;
  status?: ExperimentStatus;
}

/** @public */
export interface ExperimentSpec {
  templates: ExperimentTemplate[];
  /** Go duration, from when all templates are available; endless when absent. */
  duration?: string;
  progressDeadlineSeconds?: number;
  /** How long pods stay after the end; 30 when absent. */
  scaleDownDelaySeconds?: number;
  terminate?: boolean;
  analyses?: ExperimentAnalysis[];
  dryRun?: { metricName: string }[];
  measurementRetention?: { metricName: string; limit: number }[];
  analysisRunMetadata?: PodTemplateMetadata;
}

/** One version of an experiment. @public */
export interface ExperimentTemplate {
  name: string;
  replicas?: number;
  minReadySeconds?: number;
  selector: LabelSelector;
  template: PodTemplateSpec;
  /** Asks for a Service; one without a name is named like the ReplicaSet. */
  service?: { name?: string };
}

/** An analysis that an experiment runs. @public */
export interface ExperimentAnalysis {
  name: string;
  templateName: string;
  clusterScope?: boolean;
  args?: AnalysisArgument[];
  /** The experiment lasts until this analysis has completed. */
  requiredForCompletion?: boolean;
}

/** @public */
export type ExperimentTemplatePhase =
  'Progressing' | 'Running' | 'Successful' | 'Failed' | 'Error';

/** @public */
export interface ExperimentTemplateStatus {
  name: string;
  replicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
  collisionCount?: number;
  status?: ExperimentTemplatePhase;
  message?: string;
  /** When the counts last changed: the progress deadline counts from here. */
  lastTransitionTime?: string;
  /** Only with a Service, like `podTemplateHash`. */
  serviceName?: string;
  podTemplateHash?: string;
}

/** @public */
export interface ExperimentAnalysisStatus {
  /** Of the analysis in the specification. */
  name: string;
  /** Name of the AnalysisRun; empty until there is one. */
  analysisRun: string;
  phase: AnalysisPhase;
  message?: string;
}

/** @public */
export interface ExperimentStatus {
  phase?: AnalysisPhase;
  message?: string;
  /** When all templates were first available together. */
  availableAt?: string;
  templateStatuses?: ExperimentTemplateStatus[];
  analysisRuns?: ExperimentAnalysisStatus[];
  conditions?: Condition[];
}

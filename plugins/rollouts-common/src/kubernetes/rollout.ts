import type {
  Condition,
  KubeObject,
  LabelSelector,
  PodTemplateSpec,
} from './objects';
import type { TrafficRouting } from './trafficRouting';

/**
 * `argoproj.io/v1alpha1` Rollout, as Argo Rollouts v1.9 defines it. Durations
 * are Go durations ("10s", "1m30s") or a number of seconds; `IntOrString` is a
 * count or a percentage ("25%").
 * @public
 */
export interface Rollout extends KubeObject {
  spec: RolloutSpec;
  status?: RolloutStatus;
}

/** @public */
export type IntOrString = number | string;

/** @public */
export interface RolloutSpec {
  replicas?: number;
  selector?: LabelSelector;
  template?: PodTemplateSpec;
  workloadRef?: {
    apiVersion?: string;
    kind?: string;
    name?: string;
    scaleDown?: 'never' | 'onsuccess' | 'progressively';
  };
  minReadySeconds?: number;
  revisionHistoryLimit?: number;
  paused?: boolean;
  progressDeadlineSeconds?: number;
  progressDeadlineAbort?: boolean;
  /** RFC 3339: pods created before it are replaced. */
  restartAt?: string;
  rollbackWindow?: { revisions?: number };
  analysis?: {
    successfulRunHistoryLimit?: number;
    unsuccessfulRunHistoryLimit?: number;
  };
  strategy?: RolloutStrategy;
}

/** @public */
export interface RolloutStrategy {
  canary?: CanaryStrategy;
  blueGreen?: BlueGreenStrategy;
}

/** @public */
export interface PodTemplateMetadata {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** Keeps new pods off the nodes of stable ones; exactly one is set. @public */
export interface AntiAffinity {
  requiredDuringSchedulingIgnoredDuringExecution?: Record<string, never>;
  preferredDuringSchedulingIgnoredDuringExecution?: { weight: number };
}

/** @public */
export interface CanaryStrategy {
  steps?: CanaryStep[];
  canaryService?: string;
  stableService?: string;
  maxSurge?: IntOrString;
  maxUnavailable?: IntOrString;
  trafficRouting?: TrafficRouting;
  analysis?: RolloutAnalysisBackground;
  antiAffinity?: AntiAffinity;
  canaryMetadata?: PodTemplateMetadata;
  stableMetadata?: PodTemplateMetadata;
  scaleDownDelaySeconds?: number;
  scaleDownDelayRevisionLimit?: number;
  abortScaleDownDelaySeconds?: number;
  dynamicStableScale?: boolean;
  minPodsPerReplicaSet?: number;
  pingPong?: { pingService: string; pongService: string };
  /** Pods that must be available before a step goes on; all when absent. */
  replicaProgressThreshold?: { type: 'Percent' | 'Pod'; value: number };
}

/** @public */
export interface BlueGreenStrategy {
  activeService: string;
  previewService?: string;
  previewReplicaCount?: number;
  autoPromotionEnabled?: boolean;
  autoPromotionSeconds?: number;
  maxUnavailable?: IntOrString;
  scaleDownDelaySeconds?: number;
  scaleDownDelayRevisionLimit?: number;
  abortScaleDownDelaySeconds?: number;
  prePromotionAnalysis?: RolloutAnalysis;
  postPromotionAnalysis?: RolloutAnalysis;
  antiAffinity?: AntiAffinity;
  activeMetadata?: PodTemplateMetadata;
  previewMetadata?: PodTemplateMetadata;
}

/** A text to compare with; exactly one of the fields is set. @public */
export interface StringMatch {
  exact?: string;
  prefix?: string;
  regex?: string;
}

/** Exactly one of the fields is set. @public */
export interface CanaryStep {
  setWeight?: number;
  pause?: { duration?: IntOrString };
  setCanaryScale?: {
    replicas?: number;
    weight?: number;
    matchTrafficWeight?: boolean;
  };
  analysis?: RolloutAnalysis;
  experiment?: RolloutExperimentStep;
  setHeaderRoute?: {
    name: string;
    match?: {
      headerName: string;
      headerValue: StringMatch;
    }[];
  };
  setMirrorRoute?: {
    name: string;
    percentage?: number;
    match?: {
      method?: StringMatch;
      path?: StringMatch;
      headers?: Record<string, StringMatch>;
    }[];
  };
  plugin?: { name: string; config?: unknown; disabled?: boolean };
}

/** The experiment that a step of a canary asks for. @public */
export interface RolloutExperimentStep {
  templates: RolloutExperimentTemplate[];
  duration?: string;
  analyses?: RolloutExperimentAnalysis[];
  dryRun?: { metricName: string }[];
  analysisRunMetadata?: PodTemplateMetadata;
  scaleDownDelaySeconds?: number;
}

/** @public */
export interface RolloutExperimentTemplate {
  name: string;
  /** Whose pods: those of the stable or of the new version. */
  specRef: 'stable' | 'canary';
  replicas?: number;
  metadata?: PodTemplateMetadata;
  selector?: LabelSelector;
  /** Its share of the traffic while the experiment runs. */
  weight?: number;
  /** Asks for a Service; one without a name is named like the ReplicaSet. */
  service?: { name?: string };
}

/** @public */
export interface RolloutExperimentAnalysis {
  name: string;
  templateName: string;
  clusterScope?: boolean;
  args?: RolloutAnalysisArgument[];
  requiredForCompletion?: boolean;
}

/** @public */
export interface RolloutAnalysis {
  templates?: { templateName: string; clusterScope?: boolean }[];
  args?: RolloutAnalysisArgument[];
  dryRun?: { metricName: string }[];
  measurementRetention?: { metricName: string; limit: number }[];
  analysisRunMetadata?: PodTemplateMetadata;
}

/** @public */
export interface RolloutAnalysisBackground extends RolloutAnalysis {
  /** The step index at which the background run starts. */
  startingStep?: number;
}

/** @public */
export interface RolloutAnalysisArgument {
  name: string;
  value?: string;
  valueFrom?: {
    podTemplateHashValue?: 'Stable' | 'Latest';
    fieldRef?: { fieldPath: string };
  };
}

/** @public */
export interface PauseCondition {
  reason:
    | 'CanaryPauseStep'
    | 'BlueGreenPause'
    | 'InconclusiveAnalysisRun'
    | 'InconclusiveExperiment'
    | string;
  startTime: string;
}

/** @public */
export interface AnalysisRunStatusRef {
  name: string;
  status: string;
  message?: string;
}

/** @public */
export interface WeightDestination {
  weight: number;
  serviceName?: string;
  podTemplateHash?: string;
}

/** @public */
export interface TrafficWeights {
  canary: WeightDestination;
  stable: WeightDestination;
  additional?: WeightDestination[];
  verified?: boolean;
}

/** `status.phase` of a rollout. @public */
export type RolloutPhase = 'Healthy' | 'Progressing' | 'Paused' | 'Degraded';

/** What one operation of a step plugin has come to. @public */
export interface StepPluginStatus {
  /** Of the step. */
  index: number;
  name: string;
  operation: 'Run' | 'Terminate' | 'Abort';
  phase?: 'Running' | 'Successful' | 'Failed' | 'Error';
  message?: string;
  startedAt?: string;
  /** When the plugin was last called for it. */
  updatedAt?: string;
  finishedAt?: string;
  /** A Go duration: how long to wait before the next call. */
  backoff?: string;
  /** Calls so far. */
  executions?: number;
  disabled?: boolean;
  /** The plugin's own, handed back to it with the next call. */
  status?: unknown;
}

/** @public */
export interface RolloutStatus {
  abort?: boolean;
  abortedAt?: string;
  pauseConditions?: PauseCondition[];
  controllerPause?: boolean;
  currentPodHash?: string;
  currentStepHash?: string;
  currentStepIndex?: number;
  stableRS?: string;
  promoteFull?: boolean;
  replicas?: number;
  updatedReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  HPAReplicas?: number;
  selector?: string;
  collisionCount?: number;
  /** A string in this CRD: the generation last acted on. */
  observedGeneration?: string;
  workloadObservedGeneration?: string;
  restartedAt?: string;
  conditions?: Condition[];
  phase?: RolloutPhase;
  message?: string;
  canary?: {
    currentStepAnalysisRunStatus?: AnalysisRunStatusRef;
    currentBackgroundAnalysisRunStatus?: AnalysisRunStatusRef;
    currentExperiment?: string;
    weights?: TrafficWeights;
    stablePingPong?: 'ping' | 'pong';
    stepPluginStatuses?: StepPluginStatus[];
  };
  blueGreen?: {
    activeSelector?: string;
    previewSelector?: string;
    scaleUpPreviewCheckPoint?: boolean;
    prePromotionAnalysisRunStatus?: AnalysisRunStatusRef;
    postPromotionAnalysisRunStatus?: AnalysisRunStatusRef;
  };
  alb?: unknown;
  albs?: unknown;
}

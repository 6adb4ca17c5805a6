import type { IntOrString } from './rollout';
import type { KubeObject } from './objects';

/** @public */
export interface AnalysisArgument {
  name: string;
  value?: string;
  valueFrom?: {
    secretKeyRef?: { name: string; key: string };
    fieldRef?: { fieldPath: string };
  };
}

/** One metric of a template or run. Durations are Go durations. @public */
export interface Metric {
  name: string;
  interval?: string;
  initialDelay?: string;
  count?: IntOrString;
  successCondition?: string;
  failureCondition?: string;
  failureLimit?: IntOrString;
  inconclusiveLimit?: IntOrString;
  consecutiveErrorLimit?: IntOrString;
  consecutiveSuccessLimit?: IntOrString;
  /** One key: the provider's name (`prometheus`, `web`, `job` …). */
  provider: Record<string, unknown>;
}

/** @public */
export interface AnalysisSpec {
  metrics: Metric[];
  args?: AnalysisArgument[];
  dryRun?: { metricName: string }[];
  measurementRetention?: { metricName: string; limit: number }[];
}

/** AnalysisTemplate, and ClusterAnalysisTemplate without a namespace. @public */
export interface AnalysisTemplate extends KubeObject {
  spec: Partial<AnalysisSpec> & {
    templates?: { templateName: string; clusterScope?: boolean }[];
  };
}

/** @public */
export type AnalysisPhase =
  'Pending' | 'Running' | 'Successful' | 'Failed' | 'Error' | 'Inconclusive';

/** @public */
export interface Measurement {
  phase: AnalysisPhase;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
  resumeAt?: string;
  /** What the provider returned, as text: "[0.98]" for a one-element vector. */
  value?: string;
  metadata?: Record<string, string>;
}

/** @public */
export interface MetricResult {
  name: string;
  phase: AnalysisPhase;
  measurements?: Measurement[];
  message?: string;
  count?: number;
  successful?: number;
  failed?: number;
  inconclusive?: number;
  error?: number;
  consecutiveError?: number;
  consecutiveSuccess?: number;
  dryRun?: boolean;
  metadata?: Record<string, string>;
}

/** @public */
export interface AnalysisRun extends KubeObject {
  spec: AnalysisSpec & { terminate?: boolean; ttlStrategy?: TtlStrategy };
  status?: {
    phase?: AnalysisPhase;
    message?: string;
    metricResults?: MetricResult[];
    startedAt?: string;
    completedAt?: string;
    runSummary?: RunSummary;
    dryRunSummary?: RunSummary;
  };
}

/** @public */
export interface TtlStrategy {
  secondsAfterCompletion?: number;
  secondsAfterFailure?: number;
  secondsAfterSuccess?: number;
}

/** @public */
export interface RunSummary {
  count?: number;
  successful?: number;
  failed?: number;
  inconclusive?: number;
  error?: number;
}

import type {
  AnalysisPhase,
  AnalysisRun,
  Measurement,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ArgumentResolver } from '../analysis/args/resolver';
import type { HttpEgress } from './egress/httpEgress';

/** A value that the metric's conditions are to be evaluated on. */
export interface MeasuredValue {
  /** `result` in conditions: numbers, strings, booleans, arrays, maps, `null`. */
  value: unknown;
  /** The same as the measurement shows it: "[0.98]". */
  text: string;
  /** Of the measurement, such as what the server warned about. */
  measurementMetadata?: Record<string, string>;
}

/** A provider that judges for itself, or needs more time. */
export interface ProviderVerdict {
  /** `Running` until it is known; `resume` is then called from `resumeAt` on. */
  phase: AnalysisPhase;
  message?: string;
  value?: string;
  /** Milliseconds since the epoch. */
  resumeAt?: number;
  /** Of the measurement: what `resume` needs, such as a Job's name. */
  measurementMetadata?: Record<string, string>;
}

export type ProviderResult = MeasuredValue | ProviderVerdict;

/** Jobs of the cluster in which the analysis runs, or of another. */
export interface JobClient {
  /** In which namespace Jobs are made; that of their run when left out. */
  readonly namespace?: string;
  /** They are made in another cluster, where nothing can belong to a run of this one. */
  readonly isElsewhere?: boolean;
  /** The Job, created unless it exists already. */
  create(job: Record<string, unknown>): Promise<JobObject>;
  get(namespace: string, name: string): Promise<JobObject | undefined>;
  delete(namespace: string, name: string): Promise<void>;
}

export interface JobObject {
  metadata: { name: string; namespace?: string };
  status?: {
    conditions?: { type: string; status: string; message?: string }[];
  };
}

/** What a provider may use. */
export interface ProviderContext {
  run: AnalysisRun;
  metric: Metric;
  /** Fills `{{args.x}}` in, escaped for the place where it goes. */
  args: ArgumentResolver;
  http: HttpEgress;
  jobs: JobClient;
  /** By which `resumeAt` is understood; milliseconds since the epoch. */
  now: number;
  /** The time that queries name `now`; milliseconds since the epoch. */
  wallTime: number;
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/**
 * Takes measurements of one kind. `config` is the metric's own stanza,
 * `provider.<name>`, as it came from the cluster: check what is read from it.
 * Whatever is thrown becomes an Error measurement with that message.
 */
export interface MetricProvider {
  /** The key under `provider` in a metric. */
  readonly name: string;
  /** What is really asked, such as the resolved query; shown with the metric. */
  metadata?(config: unknown, context: ProviderContext): Record<string, string>;
  run(config: unknown, context: ProviderContext): Promise<ProviderResult>;
  resume?(
    config: unknown,
    measurement: Measurement,
    context: ProviderContext,
  ): Promise<ProviderResult>;
  /** Ends what `run` began; for those that may take long. */
  terminate?(
    config: unknown,
    measurement: Measurement,
    context: ProviderContext,
  ): Promise<void>;
}

/** The metric's own configuration cannot be used; the message names the field. */
export class ProviderConfigError extends Error {
  readonly name = 'ProviderConfigError';
}

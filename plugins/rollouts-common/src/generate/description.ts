/** Ready-made strategies; every detail of them can be changed. @public */
export type RolloutPresetName =
  'cautious' | 'standard' | 'fast' | 'blue-green' | 'dark-canary';

/** Who splits the traffic between old and new pods. @public */
export type GeneratedRouter = 'none' | 'istio' | 'nginx' | 'gateway-api';

/** What an analysis measures. @public */
export type GeneratedMetric = 'success-rate' | 'latency' | 'smoke-test';

/**
 * How the new version is measured. Of a canary while it has traffic, by
 * `success-rate` and `latency`; of blue-green by a `smoke-test` before the
 * switch and the other two after it.
 * @public
 */
export interface GeneratedAnalysis {
  metrics?: GeneratedMetric[];
  /** Of a canary: beside the steps, or as a step after each weight. */
  when?: 'background' | 'step';
  /** Address of Prometheus. */
  prometheus?: string;
  /** Whose metrics the queries ask for: Istio's, or the pods' own. */
  dialect?: 'istio' | 'http';
  /** Least share of good answers, from 0 to 1. */
  successRate?: number;
  /** Greatest 95th percentile in milliseconds. */
  latencyMilliseconds?: number;
  /** Between two measurements: `30s`. */
  interval?: string;
  /** Measurements, where something waits for them. */
  count?: number;
  /** Measurements that may fail. */
  failureLimit?: number;
  /** What the smoke test asks the preview for. */
  smokePath?: string;
}

/**
 * What somebody wants, in short. Everything but name and image has a default,
 * most of them from the preset.
 * @public
 */
export interface RolloutDescription {
  /** A DNS label: of the rollout, its services and its pods. */
  name: string;
  /** With a tag that stays, or a digest. */
  image: string;
  namespace?: string;
  preset?: RolloutPresetName;
  replicas?: number;
  /** Of the container. */
  port?: number;
  /** Answers 200 when the pod is ready. */
  readinessPath?: string;
  /** On every object and on the pods, beside `app`. */
  labels?: Record<string, string>;
  /** The name under which users reach the service. */
  host?: string;
  router?: GeneratedRouter;
  /** The Gateway that an HTTPRoute belongs to. */
  gateway?: string;
  strategy?: 'canary' | 'blue-green';
  /** Of a canary: percent of the requests, step by step, without 0 and 100. */
  weights?: number[];
  /** How long each weight is held: `5m`. */
  pause?: string;
  /** Of a canary: at which weights somebody has to promote. */
  approvals?: 'none' | 'first' | 'each';
  /** Of a canary by Istio: first only requests with this header reach it. */
  header?: { name: string; value: string };
  /** Of blue-green: who switches. */
  promotion?: 'manual' | 'automatic';
  analysis?: GeneratedAnalysis | 'none';
}

/** Something in a description that nothing can be made of. @public */
export interface DescriptionProblem {
  /** `weights[1]`, `analysis.interval` */
  path: string;
  message: string;
}

/** A description that nothing can be made of. @public */
export class DescriptionError extends Error {
  readonly name = 'DescriptionError';
  constructor(readonly problems: DescriptionProblem[]) {
    super(problems.map(each => `${each.path}: ${each.message}`).join('; '));
  }
}

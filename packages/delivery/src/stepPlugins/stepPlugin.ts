import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What a step plugin is called with. */
export interface StepPluginContext {
  rollout: Rollout;
  /** Of the step that it stands for. */
  index: number;
  /** `plugin.config` of the step, as it came from the cluster: check it. */
  config: unknown;
  /** What the plugin itself gave as `status` the last time. */
  status: unknown;
  /** Milliseconds since the epoch. */
  now: number;
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** What a step plugin has come to. */
export interface StepPluginResult {
  /**
   * `Running`: it is called again later; `Failed`: the update is aborted. Left
   * out by `terminate` and `abort`, it means `Successful`; those two cannot go
   * on running.
   */
  phase?: 'Running' | 'Successful' | 'Failed';
  /** In words, shown with the rollout. */
  message?: string;
  /** Any JSON; handed back with the next call. Keep it small. */
  status?: unknown;
  /** Before `run` is called again; at least 10 s, 30 s when left out. */
  requeueAfterMilliseconds?: number;
}

/**
 * A step of a canary that is carried out by a module:
 * `steps: [{ plugin: { name, config } }]`.
 *
 * Every call may come twice, because a controller may be killed before it has
 * noted the answer: do nothing when it was done already. What is thrown is an
 * error, and the call is made again after half a minute.
 */
export interface StepPlugin {
  /** `<namespace>/<name>`, as manifests write it. */
  readonly name: string;
  /** Steps of this plugin are passed over. */
  readonly disabled?: boolean;
  run(context: StepPluginContext): Promise<StepPluginResult>;
  /** Ends a `run` that is not over: the rollout has been promoted fully. */
  terminate?(context: StepPluginContext): Promise<StepPluginResult>;
  /** Takes back what `run` did or is doing: the update has been aborted. */
  abort?(context: StepPluginContext): Promise<StepPluginResult>;
}

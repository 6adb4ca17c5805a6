import type { StepPluginStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { StepPlugin, StepPluginResult } from './stepPlugin';

/** What the planner has to know about a plugin that is there. */
export type StepPluginInfo = Pick<StepPlugin, 'name' | 'disabled'>;

/** A call that is due. It is made beside the work, never by the planner. */
export interface StepPluginCall {
  index: number;
  name: string;
  operation: StepPluginStatus['operation'];
  config: unknown;
  /** What the plugin gave as its status before. */
  status: unknown;
  /** Of the update that it belongs to: answers to an earlier one count no more. */
  podHash: string;
  /** When the operation began, as its status has it. */
  startedAt: string;
}

/** A call that has ended. */
export interface StepPluginDone {
  call: StepPluginCall;
  /** Milliseconds since the epoch. */
  at: number;
  result: StepPluginResult | { error: string };
}

import type {
  ReleaseSummary,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A release as the list has it, and what is needed to go on from there. */
export interface ReleaseRecord {
  summary: ReleaseSummary;
  /** The last abort that a person asked for, in milliseconds. */
  abort?: { by: string; at: number; reason?: string };
  rolledBackAt?: number;
  /** Its end is when somebody looked again; nobody saw it. */
  endUnobserved?: boolean;
}

/** Actions by which a release begins. */
export const STARTING: ReadonlySet<RolloutAction> = new Set([
  'set-image',
  'undo',
  'retry',
]);

/** How far an action and what it did may be apart, in milliseconds. */
export const ACTION_WINDOW_MILLISECONDS = 120_000;

import type {
  Rollout,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { describeConsequences } from '@progressive-delivery/delivery';

/** Of the two versions, for sentences. */
export interface VersionTags {
  stableImageTag?: string;
  canaryImageTag?: string;
  /** Of the revision that an undo brings back. */
  earlierImageTag?: string;
}

/**
 * What an action will do, in sentences from the planner. A manifest that the
 * planner cannot follow must not stand in the way of the action itself.
 */
export function consequencesOf(
  rollout: Rollout,
  action: RolloutAction,
  tags: VersionTags,
): string[] {
  try {
    return describeConsequences(rollout, action, tags);
  } catch (error) {
    return [
      `What follows cannot be foretold, because the manifest cannot be followed: ${error instanceof Error ? error.message : error}`,
    ];
  }
}

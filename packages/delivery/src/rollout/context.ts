import type {
  PodTemplateSpec,
  Rollout,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { StepPluginInfo } from '../stepPlugins/stepPluginCall';
import type { PlanDraft } from './draft';
import type { PlanMemory } from './memory/planMemory';
import type { Revision } from './revisions/revision';
import type { RolloutSnapshot } from './snapshot';
import type { TrafficRouter } from '../traffic/router';

/** All that a strategy decides from, and the plan it writes into. */
export interface RolloutContext {
  snapshot: RolloutSnapshot;
  rollout: Rollout;
  template: PodTemplateSpec;
  now: number;
  /** `spec.replicas` */
  replicas: number;
  /** Of the current template; perhaps still to be created. */
  current: Revision;
  /** The one that may serve everybody; undefined until the first is healthy. */
  stable?: Revision;
  /** All others, oldest first. */
  others: Revision[];
  /** The status as it was. */
  before: RolloutStatus;
  draft: PlanDraft;
  memory: PlanMemory;
  /** The step plugins there are, as far as it is known. */
  stepPlugins?: readonly StepPluginInfo[];
  /** Those that a rollout may ask for. */
  routers: readonly TrafficRouter[];
}

/**
 * The update is aborted, and somebody has deleted the ReplicaSet that it is to
 * go back to. What was aborted must not take its place by itself.
 */
export function hasLostStable({
  stable,
  current,
  draft,
}: RolloutContext): boolean {
  const { abort, stableRS } = draft.status;
  return !stable && current.exists && Boolean(stableRS) && abort === true;
}

/** Nothing is being rolled out: the current template is the stable one. */
export function isPromoted({ current, stable }: RolloutContext): boolean {
  return stable !== undefined && stable.hash === current.hash;
}

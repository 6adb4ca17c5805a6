import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { TRAFFIC_ROUTERS } from '../traffic/registry';
import type { StepPluginInfo } from '../stepPlugins/stepPluginCall';
import type { TrafficRouter } from '../traffic/router';
import { retireRuns } from './analysisRuns/retire';
import { planBlueGreen } from './bluegreen/planBlueGreen';
import { planCanary } from './canary/planCanary';
import type { RolloutContext } from './context';
import { PlanDraft } from './draft';
import { planInvalid } from './invalid/planInvalid';
import { syncAntiAffinity } from './metadata/syncAntiAffinity';
import { syncMetadata } from './metadata/syncMetadata';
import { PlanMemory } from './memory/planMemory';
import type { RolloutPlan } from './plan';
import { restartPods } from './restart/restartPods';
import { retireExperiments } from './experiments/retireExperiments';
import { adoptOrphans } from './revisions/adoptOrphans';
import { followMinReadySeconds } from './revisions/followMinReadySeconds';
import { findRevisions } from './revisions/findRevisions';
import { holdWhilePaused } from './revisions/holdWhilePaused';
import { forgetOldRevisions } from './revisions/forgetOldRevisions';
import { noteRevision } from './revisions/noteRevision';
import { releaseFormerServices } from './services/releaseFormerServices';
import type { RolloutSnapshot } from './snapshot';
import { forgetOtherStrategy } from './status/forgetOtherStrategy';
import { noteChange } from './status/noteChange';
import { writeStatus } from './status/writeStatus';
import { resolveTemplate, withSelector } from './workload/resolveWorkload';
import { scaleWorkload } from './workload/scaleWorkload';
import { validateRollout } from './validation/validateRollout';

/** What a plan may use beside what comes with the controller. */
export interface PlanExtensions {
  /** All routers that rollouts may ask for. */
  routers?: readonly TrafficRouter[];
  /** All step plugins; when left out, there may be any. */
  stepPlugins?: readonly StepPluginInfo[];
  /** For who plans again and again. */
  memory?: PlanMemory;
}

function draftOf(rollout: Rollout): PlanDraft {
  return new PlanDraft(rollout.status ?? {}, rollout.spec.replicas ?? 1);
}

/**
 * Decides what to do for one rollout: the writes in the order in which they
 * are safe, its new status, the events, when to look again, and why. Pure: the
 * same snapshot and time give the same plan, and nothing is changed.
 *
 * Every turn starts from what the cluster shows, so a plan that was carried
 * out in part, or not at all, is simply made again.
 *
 * @param now - milliseconds since the epoch
 * @param extensions - what plugins add to the controller's own, and what plans
 * before have left
 */
export function planRollout(
  given: RolloutSnapshot,
  now: number,
  {
    routers = TRAFFIC_ROUTERS,
    stepPlugins,
    memory = new PlanMemory(),
  }: PlanExtensions = {},
): RolloutPlan {
  const snapshot = withSelector(given);
  const { rollout } = snapshot;
  if (rollout.metadata.deletionTimestamp !== undefined) {
    const draft = new PlanDraft(rollout.status ?? {}, 0);
    draft.because('the rollout is being deleted: its objects go with it');
    return draft.finish();
  }
  const problems = validateRollout(snapshot, routers, stepPlugins, memory);
  const template = resolveTemplate(snapshot);
  if (problems.length || !template) {
    return planInvalid(snapshot, problems, now, {
      routers,
      ...(stepPlugins ? { stepPlugins } : {}),
    });
  }

  const draft = draftOf(rollout);
  const { orphans, collisionCount, ...found } = findRevisions(
    snapshot,
    template,
    memory,
  );
  const held = rollout.spec.paused
    ? holdWhilePaused(found, rollout.status)
    : found;
  const context: RolloutContext = {
    snapshot,
    rollout,
    template,
    now,
    replicas: rollout.spec.replicas ?? 1,
    ...(held ?? found),
    before: rollout.status ?? {},
    draft,
    routers,
    memory,
    ...(stepPlugins ? { stepPlugins } : {}),
  };
  if (collisionCount) draft.status.collisionCount = collisionCount;
  adoptOrphans(context, orphans);
  if (held !== found) {
    draft.because('paused: the new template waits until somebody resumes');
  }
  if (!held) {
    writeStatus(context);
    return draft.finish();
  }
  forgetOtherStrategy(context);
  noteChange(context);
  noteRevision(context);
  followMinReadySeconds(context);
  syncMetadata(context);
  syncAntiAffinity(context);
  if (rollout.spec.strategy?.blueGreen) planBlueGreen(context);
  else planCanary(context);
  scaleWorkload(context);
  releaseFormerServices(context);
  retireRuns(context);
  retireExperiments(context);
  restartPods(context);
  forgetOldRevisions(context);
  writeStatus(context);
  return draft.finish();
}

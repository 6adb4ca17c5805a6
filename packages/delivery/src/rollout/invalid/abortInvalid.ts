import type { StepPluginInfo } from '../../stepPlugins/stepPluginCall';
import type { TrafficRouter } from '../../traffic/router';
import { failureText } from '../analysisRuns/failureText';
import { retireRuns } from '../analysisRuns/retire';
import { verdictOf } from '../analysisRuns/verdict';
import { planBlueGreen } from '../bluegreen/planBlueGreen';
import { planCanary } from '../canary/planCanary';
import type { RolloutContext } from '../context';
import { PlanDraft } from '../draft';
import { retireExperiments } from '../experiments/retireExperiments';
import { PlanMemory } from '../memory/planMemory';
import { ownRevisions } from '../revisions/ownRevisions';
import type { Revision } from '../revisions/revision';
import { releaseFormerServices } from '../services/releaseFormerServices';
import type { RolloutSnapshot } from '../snapshot';
import { markAborted } from '../status/abort';
import { forgetOtherStrategy } from '../status/forgetOtherStrategy';
import { writeStatus } from '../status/writeStatus';
import { validateRollout } from '../validation/validateRollout';
import { reducedRollouts } from './reducedRollouts';

interface Update {
  current: Revision;
  stable: Revision;
  others: Revision[];
}

/** The update that was under way when the manifest became invalid, by the status. */
function updateUnderWay(snapshot: RolloutSnapshot): Update | undefined {
  const { currentPodHash, stableRS } = snapshot.rollout.status ?? {};
  const { revisions } = ownRevisions(snapshot);
  const of = (hash: string | undefined) =>
    revisions.find(each => each.hash !== '' && each.hash === hash);
  const current = of(currentPodHash);
  const stable = of(stableRS);
  return current && stable && current !== stable
    ? {
        current,
        stable,
        others: revisions.filter(each => each !== current && each !== stable),
      }
    : undefined;
}

/** What an analysis of the update has said against it since. */
function failureOf({
  rollout: { status = {} },
  analysisRuns,
}: RolloutSnapshot): string | undefined {
  const { canary, blueGreen } = status;
  const named = [
    ['Background', canary?.currentBackgroundAnalysisRunStatus],
    ['Step', canary?.currentStepAnalysisRunStatus],
    ['PrePromotion', blueGreen?.prePromotionAnalysisRunStatus],
    ['PostPromotion', blueGreen?.postPromotionAnalysisRunStatus],
  ] as const;
  for (const [type, known] of named) {
    const run = analysisRuns.find(
      each => each.metadata.name === known?.name,
    )?.status;
    const said = known && { ...known, status: run?.phase ?? known.status };
    if (said && verdictOf(said) === 'abort') {
      return failureText(type, { ...said, message: run?.message });
    }
  }
  return undefined;
}

/**
 * Aborts an update whose manifest has become invalid: nobody has to mend it
 * first, and an analysis that fails still counts. As much of the manifest is
 * used as an abort needs; where that is invalid itself, nothing is done.
 *
 * @returns what the abort comes to; undefined when none is asked for, or none
 * is possible
 */
export function abortInvalid(
  snapshot: RolloutSnapshot,
  now: number,
  routers: readonly TrafficRouter[],
  stepPlugins?: readonly StepPluginInfo[],
): PlanDraft | undefined {
  const { status = {} } = snapshot.rollout;
  const update = updateUnderWay(snapshot);
  const failure = status.abort ? undefined : failureOf(snapshot);
  // A promotion in full is asked for after the abort, and waits for a manifest.
  const isPromoted = status.promoteFull && (!status.abort || status.abortedAt);
  if (!update || isPromoted || !(status.abort || failure)) return undefined;

  for (const rollout of reducedRollouts(snapshot.rollout, update)) {
    const reduced = { ...snapshot, rollout };
    if (validateRollout(reduced, routers, stepPlugins).length) continue;
    const replicas = rollout.spec.replicas ?? 1;
    const context: RolloutContext = {
      snapshot: reduced,
      rollout,
      template: update.current.replicaSet.spec.template,
      now,
      replicas,
      ...update,
      before: status,
      draft: new PlanDraft(status, replicas),
      routers,
      memory: new PlanMemory(),
      ...(stepPlugins ? { stepPlugins } : {}),
    };
    carryOut(context, failure);
    return context.draft;
  }
  return undefined;
}

function carryOut(context: RolloutContext, failure: string | undefined): void {
  markAborted(context, failure);
  forgetOtherStrategy(context);
  if (context.rollout.spec.strategy?.blueGreen) planBlueGreen(context);
  else planCanary(context);
  releaseFormerServices(context);
  retireRuns(context);
  retireExperiments(context);
  writeStatus(context);
}

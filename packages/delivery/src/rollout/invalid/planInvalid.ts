import type { StepPluginInfo } from '../../stepPlugins/stepPluginCall';
import type { TrafficRouter } from '../../traffic/router';
import { PlanDraft } from '../draft';
import type { RolloutPlan } from '../plan';
import type { RolloutSnapshot } from '../snapshot';
import type { Problem } from '../validation/problem';
import { waitForReferences } from '../validation/waitForReferences';
import { abortInvalid } from './abortInvalid';
import { writeInvalid } from './writeInvalid';

/**
 * What to do about a rollout that cannot be carried out as it is written: say
 * what is wrong, and nothing else but an abort of the update under way.
 *
 * @param problems - what is wrong with it
 */
export function planInvalid(
  snapshot: RolloutSnapshot,
  problems: Problem[],
  now: number,
  extensions: {
    routers: readonly TrafficRouter[];
    stepPlugins?: readonly StepPluginInfo[];
  },
): RolloutPlan {
  const { rollout } = snapshot;
  const { status = {} } = rollout;
  const { routers, stepPlugins } = extensions;
  const aborting = abortInvalid(snapshot, now, routers, stepPlugins);
  const draft = aborting ?? new PlanDraft(status, 0);
  if (aborting || !waitForReferences(draft, rollout, problems, now)) {
    writeInvalid(draft, rollout, problems, now);
  }
  if (status.abort && status.currentPodHash !== status.stableRS && !aborting) {
    draft.because(
      'the abort waits until what it needs is valid: services and traffic routing',
    );
  }
  return draft.finish();
}

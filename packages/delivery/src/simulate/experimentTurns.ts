import type { ExperimentPlan } from '../experiment/draft';
import { planExperiment } from '../experiment/planExperiment';
import type { ExperimentSnapshot } from '../experiment/snapshot';
import { canonicalJson } from '../rollout/template/canonicalJson';
import type { SimulatedObjects } from './simulatedObjects';

/** One turn at an experiment that changed something. */
export interface ExperimentTurn {
  /** Milliseconds of virtual time. */
  at: number;
  snapshot: ExperimentSnapshot;
  plan: ExperimentPlan;
}

/**
 * Plans and applies once for each experiment.
 *
 * @returns the turns that changed something, and when to look again
 */
export function takeExperimentTurns(
  objects: SimulatedObjects,
  now: number,
): { turns: ExperimentTurn[]; wakeAt: number } {
  const turns: ExperimentTurn[] = [];
  let wakeAt = Infinity;
  for (const snapshot of objects.experimentSnapshots(now)) {
    const { metadata, status = {} } = snapshot.experiment;
    const plan = planExperiment(snapshot, now);
    for (const write of plan.writes) objects.apply(write, now);
    wakeAt = Math.min(wakeAt, plan.wakeAt ?? Infinity);
    if (
      plan.writes.length > 0 ||
      canonicalJson(plan.status) !== canonicalJson(status)
    ) {
      objects.setExperimentStatus(metadata.name, plan.status);
      turns.push({ at: now, snapshot, plan });
    }
  }
  return { turns, wakeAt };
}

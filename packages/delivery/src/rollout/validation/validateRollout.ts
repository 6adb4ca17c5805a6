import { TRAFFIC_ROUTERS } from '../../traffic/registry';
import type { StepPluginInfo } from '../../stepPlugins/stepPluginCall';
import type { TrafficRouter } from '../../traffic/router';
import { PlanMemory } from '../memory/planMemory';
import type { RolloutSnapshot } from '../snapshot';
import type { Problem } from './problem';
import { validateReferences } from './references';
import { validateSpec } from './spec';
import { validateStepPlugins } from './stepPlugins';
import { validateStrategy } from './strategy';

function manifestProblems(
  snapshot: RolloutSnapshot,
  routers: readonly TrafficRouter[],
  stepPlugins: readonly StepPluginInfo[] | undefined,
): Problem[] {
  return [
    ...validateSpec(snapshot),
    ...validateStrategy(snapshot.rollout, routers),
    ...(stepPlugins ? validateStepPlugins(snapshot.rollout, stepPlugins) : []),
  ];
}

/**
 * Everything that keeps a rollout from being carried out: first the manifest,
 * and, once that is in order, what it refers to. Never throws, whatever
 * somebody has put into the object.
 */
export function validateRollout(
  snapshot: RolloutSnapshot,
  routers: readonly TrafficRouter[] = TRAFFIC_ROUTERS,
  stepPlugins?: readonly StepPluginInfo[],
  memory: PlanMemory = new PlanMemory(),
): Problem[] {
  try {
    const manifest = memory.problems.of(
      snapshot.rollout.spec,
      () => manifestProblems(snapshot, routers, stepPlugins),
      [snapshot.workload, routers, stepPlugins],
    );
    return manifest.length ? manifest : validateReferences(snapshot, routers);
  } catch (error) {
    return [
      {
        field: 'spec',
        kind: 'Invalid value',
        detail: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      },
    ];
  }
}

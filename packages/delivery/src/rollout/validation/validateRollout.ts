import { TRAFFIC_ROUTERS } from '../../traffic/registry';
import type { StepPluginInfo } from '../../stepPlugins/stepPluginCall';
import type { TrafficRouter } from '../../traffic/router';
import type { RolloutSnapshot } from '../snapshot';
import type { Problem } from './problem';
import { validateReferences } from './references';
import { validateSpec } from './spec';
import { validateStepPlugins } from './stepPlugins';
import { validateStrategy } from './strategy';

/**
 * Everything that keeps a rollout from being carried out: first the manifest,
 * and, once that is in order, what it refers to. Never throws, whatever
 * somebody has put into the object.
 */
export function validateRollout(
  snapshot: RolloutSnapshot,
  routers: readonly TrafficRouter[] = TRAFFIC_ROUTERS,
  stepPlugins?: readonly StepPluginInfo[],
): Problem[] {
  try {
    const manifest = [
      ...validateSpec(snapshot),
      ...validateStrategy(snapshot.rollout, routers),
      ...(stepPlugins
        ? validateStepPlugins(snapshot.rollout, stepPlugins)
        : []),
    ];
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

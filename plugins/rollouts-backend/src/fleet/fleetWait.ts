import type {
  FleetWait,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { pauseEnd } from '../view/pauseEnd';

/**
 * What a person has to do before a rollout goes on; `undefined` when it goes
 * on by itself, or is not under way.
 */
export function fleetWait(rollout: Rollout): FleetWait['for'] | undefined {
  const { spec, status = {} } = rollout;
  if (status.abort) {
    return undefined;
  }
  if (spec.paused) {
    return 'resume';
  }
  // An analysis that could not tell may pause what a step has paused already.
  return (status.pauseConditions ?? []).some(
    pause => pauseEnd(rollout, pause) === undefined,
  )
    ? 'promotion'
    : undefined;
}

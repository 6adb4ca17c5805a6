import type {
  FleetWait,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

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
  const [pause] = status.pauseConditions ?? [];
  if (!pause) {
    return undefined;
  }
  const endsByItself =
    (pause.reason === 'CanaryPauseStep' && isTimed(rollout)) ||
    (pause.reason === 'BlueGreenPause' &&
      Boolean(spec.strategy?.blueGreen?.autoPromotionSeconds));
  return endsByItself ? undefined : 'promotion';
}

function isTimed({ spec, status = {} }: Rollout): boolean {
  const step = spec.strategy?.canary?.steps?.[status.currentStepIndex ?? 0];
  return step?.pause?.duration !== undefined;
}

import type {
  FleetState,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** The condition whose last transition is when a state began. */
const CONDITIONS: Partial<
  Record<FleetState, { type: string; status: string }>
> = {
  Paused: { type: 'Paused', status: 'True' },
  Degraded: { type: 'Progressing', status: 'False' },
  Healthy: { type: 'Healthy', status: 'True' },
};

/**
 * Since when a rollout is in its state, as far as its own status tells.
 * @param startedAt - when the current revision began, for one that tells nothing
 */
export function fleetSince(
  { status = {} }: Rollout,
  state: FleetState,
  startedAt: string | undefined,
): string | undefined {
  if (state === 'Aborted') {
    return status.abortedAt ?? startedAt;
  }
  const conditions = status.conditions ?? [];
  const invalid = conditions.find(({ type }) => type === 'InvalidSpec');
  if (state === 'Degraded' && invalid) {
    return invalid.lastTransitionTime ?? startedAt;
  }
  const [pause] = status.pauseConditions ?? [];
  if (state === 'Paused' && pause) {
    return pause.startTime;
  }
  const wanted = CONDITIONS[state];
  const condition = conditions.find(
    each => each.type === wanted?.type && each.status === wanted.status,
  );
  return condition?.lastTransitionTime ?? startedAt;
}

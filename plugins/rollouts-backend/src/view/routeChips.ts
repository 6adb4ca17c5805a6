import {
  isFullyPromoted,
  type CanaryStep,
  type RouteChip,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * Header and mirror routes that the steps so far have made and not taken away,
 * and the shares of an experiment.
 */
export function routeChips(rollout: Rollout): RouteChip[] {
  const steps = rollout.spec.strategy?.canary?.steps ?? [];
  const { status = {} } = rollout;
  if (isFullyPromoted(rollout) || status.abort) {
    return [];
  }
  const chips = new Map<string, RouteChip>();
  for (const step of steps.slice(0, (status.currentStepIndex ?? 0) + 1)) {
    applyTo(chips, step);
  }
  const shares = (status.canary?.weights?.additional ?? []).map(
    ({ weight, serviceName = '' }): RouteChip => ({
      kind: 'experiment',
      label: `${weight} % → ${serviceName}`,
    }),
  );
  return [...chips.values(), ...shares];
}

function applyTo(chips: Map<string, RouteChip>, step: CanaryStep): void {
  const header = step.setHeaderRoute;
  if (header) {
    const [match] = header.match ?? [];
    const value = match?.headerValue;
    if (match) {
      chips.set(header.name, {
        kind: 'header',
        label: `${match.headerName}: ${value?.exact ?? value?.prefix ?? value?.regex ?? 'any'} → canary`,
      });
    } else {
      chips.delete(header.name);
    }
  }
  const mirror = step.setMirrorRoute;
  if (mirror) {
    if (mirror.match?.length) {
      chips.set(mirror.name, {
        kind: 'mirror',
        label: `${mirror.percentage ?? 100} % mirrored`,
      });
    } else {
      chips.delete(mirror.name);
    }
  }
}

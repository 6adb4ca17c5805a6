import {
  weightAtStep,
  type CanaryStep,
  type Rollout,
  type RolloutExperimentStep,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parsePause } from '../rollout/time';

/** How people call the two versions; "the canary" and "stable" without. */
export interface VersionNames {
  stableImageTag?: string;
  canaryImageTag?: string;
  /** Of the revision that an undo brings back. */
  earlierImageTag?: string;
}

/** Different tags only: two versions of one name cannot be told apart. */
export function namesOf({ stableImageTag, canaryImageTag }: VersionNames): {
  stable: string;
  canary: string;
} {
  return stableImageTag === canaryImageTag
    ? { stable: 'the stable version', canary: 'the new version' }
    : {
        stable: stableImageTag ?? 'the stable version',
        canary: canaryImageTag ?? 'the new version',
      };
}

/** "20 %", with at most one decimal. */
export function percent(weight: number, max: number = 100): string {
  return `${Number(((weight * 100) / max).toFixed(1))} %`;
}

/** "10 s", "2 min 10 s", "1 h". */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return (
    parts
      .filter(([amount]) => amount > 0)
      .map(([amount, unit]) => `${amount} ${unit}`)
      .join(' ') || '0 s'
  );
}

/** "1 pod", "5 pods". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** "an experiment with baseline and canary for 10 min". */
export function experimentText({
  templates = [],
  duration,
}: Partial<RolloutExperimentStep>): string {
  const versions = templates.map(each => each.name).join(' and ');
  const length = duration ? parsePause(duration) : undefined;
  return `an experiment${versions && ` with ${versions}`}${length === undefined ? '' : ` for ${durationText(length)}`}`;
}

/** The first letter large. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}

/** What the weight is out of. */
export function maxWeight(rollout: Rollout): number {
  return rollout.spec.strategy?.canary?.trafficRouting?.maxTrafficWeight ?? 100;
}

/** A share of requests where a router splits them, else of pods, "about". */
export function shareText(rollout: Rollout, weight: number): string {
  const canary = rollout.spec.strategy?.canary;
  const share = percent(weight, maxWeight(rollout));
  return canary?.trafficRouting ? share : `about ${share}`;
}

/** How long a pause step takes; `undefined`: until somebody promotes. */
export function pauseLength(step: CanaryStep): number | undefined {
  const duration = step.pause?.duration;
  return duration === undefined ? undefined : parsePause(duration);
}

/** What a step does, as the predicate of a sentence. */
export function stepText(
  rollout: Rollout,
  index: number,
  canary: string,
): string {
  const steps = rollout.spec.strategy?.canary?.steps ?? [];
  const step = steps[index];
  if (!step) {
    return `${percent(1, 1)} to ${canary}`;
  }
  if (step.setWeight !== undefined) {
    return `${shareText(rollout, step.setWeight)} to ${canary}`;
  }
  if (step.pause) {
    const length = pauseLength(step);
    return length === undefined
      ? `a wait for someone to promote at ${shareText(rollout, weightAtStep(steps, index, maxWeight(rollout)))}`
      : `a pause of ${durationText(length)}`;
  }
  if (step.analysis) {
    const names = (step.analysis.templates ?? []).map(
      each => each.templateName,
    );
    return `analysis ${names.join(' and ')}`;
  }
  if (step.setCanaryScale) {
    const { replicas, weight } = step.setCanaryScale;
    if (replicas !== undefined)
      return `${counted(replicas, 'pod')} for ${canary}`;
    return weight === undefined
      ? `as many pods for ${canary} as its weight needs`
      : `${weight} % of the pods for ${canary}`;
  }
  if (step.setHeaderRoute) {
    return step.setHeaderRoute.match?.length
      ? `header route ${step.setHeaderRoute.name} to ${canary}`
      : `the end of header route ${step.setHeaderRoute.name}`;
  }
  if (step.setMirrorRoute) {
    return step.setMirrorRoute.match?.length
      ? `mirror route ${step.setMirrorRoute.name} to ${canary}`
      : `the end of mirror route ${step.setMirrorRoute.name}`;
  }
  if (step.experiment) return experimentText(step.experiment);
  if (step.plugin) return `plugin ${step.plugin.name}`;
  return 'the next step';
}

import type { ScalingLimits } from '../scaling/limits';

/** How many pods each side is to have. */
export interface ReplicaSplit {
  canary: number;
  stable: number;
}

/**
 * The split of pods that comes nearest to a weight. With a surge one pod more
 * than `replicas` may be used if that comes nearer. A weight between the
 * extremes leaves neither side empty, as far as there are pods for both.
 * Source: docs/features/canary, "Overview": smallest delta, ties rounded up.
 *
 * @param weight - of the canary, out of `max`
 */
export function weightedReplicas(
  replicas: number,
  weight: number,
  max: number,
  { maxSurge }: Pick<ScalingLimits, 'maxSurge'>,
): ReplicaSplit {
  if (weight <= 0 || replicas === 0) return { canary: 0, stable: replicas };
  if (weight >= max) return { canary: replicas, stable: 0 };

  const totals = maxSurge > 0 ? [replicas, replicas + 1] : [replicas];
  const splits = totals.flatMap(total => {
    const exact = (total * weight) / max;
    return [Math.ceil(exact), Math.floor(exact)].map(canary => ({
      canary,
      stable: total - canary,
    }));
  });
  const usable = splits.filter(
    ({ canary, stable }) => canary > 0 && stable > 0 && stable <= replicas,
  );
  const delta = ({ canary, stable }: ReplicaSplit) =>
    Math.abs(canary / (canary + stable) - weight / max);
  const nearest = (usable.length ? usable : splits).reduce((best, split) =>
    delta(split) < delta(best) - 1e-9 ? split : best,
  );
  return nearest;
}

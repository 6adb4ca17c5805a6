import type { CompleteDescription } from './completeDescription';

/**
 * The weights, as far as pods can make them: without a router the share of the
 * requests is that of the pods, of `replicas` and one more. Each weight becomes
 * the nearest that there is, each one once, in order.
 */
export function reachableWeights(
  weights: readonly number[],
  replicas: number,
): number[] {
  const shares = [replicas, replicas + 1].flatMap(total =>
    Array.from({ length: total - 1 }, (_, i) => ((i + 1) * 100) / total),
  );
  const nearest = (weight: number) =>
    shares.reduce((best, share) =>
      Math.abs(share - weight) < Math.abs(best - weight) ? share : best,
    );
  const found = weights.map(weight => Math.round(nearest(weight)));
  return [...new Set(found)].sort((a, b) => a - b);
}

/**
 * The weights of the steps that are written: those of the description, or,
 * where nobody routes, the ones that its pods can make. Percent, ascending.
 */
export function writtenWeights({
  weights,
  replicas,
  router,
}: Pick<CompleteDescription, 'weights' | 'replicas' | 'router'>): number[] {
  return router === 'none' ? reachableWeights(weights, replicas) : weights;
}

import { weightedReplicas } from './weightedReplicas';

/** Replicas, weight, maxSurge; then stable and canary as v1.9.1 scales them. */
const MEASURED: [number, number, number, number, number][] = [
  [1, 1, 1, 1, 1],
  [1, 1, 0, 1, 0],
  [1, 10, 1, 1, 1],
  [1, 10, 0, 1, 0],
  [1, 25, 1, 1, 1],
  [1, 25, 0, 1, 0],
  [1, 50, 1, 1, 1],
  [1, 50, 0, 0, 1],
  [1, 67, 1, 1, 1],
  [1, 67, 0, 0, 1],
  [1, 75, 1, 1, 1],
  [1, 75, 0, 0, 1],
  [1, 90, 1, 1, 1],
  [1, 90, 0, 0, 1],
  [2, 1, 1, 2, 1],
  [2, 1, 0, 1, 1],
  [2, 10, 1, 2, 1],
  [2, 10, 0, 1, 1],
  [2, 25, 1, 2, 1],
  [2, 25, 0, 1, 1],
  [2, 50, 1, 1, 1],
  [2, 50, 0, 1, 1],
  [2, 67, 1, 1, 2],
  [2, 67, 0, 1, 1],
  [2, 75, 1, 1, 2],
  [2, 90, 1, 1, 2],
  [2, 90, 0, 1, 1],
  [3, 1, 1, 3, 1],
  [3, 1, 0, 2, 1],
  [3, 10, 1, 3, 1],
  [3, 10, 0, 2, 1],
  [3, 25, 1, 3, 1],
  [3, 25, 0, 2, 1],
  [3, 50, 1, 2, 2],
  [3, 50, 0, 1, 2],
  [3, 67, 1, 1, 2],
  [3, 67, 0, 1, 2],
  [3, 75, 1, 1, 3],
  [3, 75, 0, 1, 2],
  [3, 90, 1, 1, 3],
  [3, 90, 0, 1, 2],
  [4, 10, 1, 4, 1],
  [4, 10, 0, 3, 1],
  [4, 25, 1, 3, 1],
  [4, 25, 0, 3, 1],
  [4, 50, 1, 2, 2],
  [4, 50, 0, 2, 2],
  [4, 75, 1, 1, 3],
  [4, 75, 0, 1, 3],
  [4, 90, 1, 1, 4],
  [4, 90, 0, 1, 3],
  [5, 1, 1, 5, 1],
  [5, 1, 0, 4, 1],
  [5, 10, 1, 5, 1],
  [5, 10, 0, 4, 1],
  [5, 25, 1, 4, 1],
  [5, 25, 0, 4, 1],
  [5, 50, 1, 3, 3],
  [5, 50, 0, 2, 3],
  [5, 67, 1, 2, 4],
  [5, 67, 0, 2, 3],
  [5, 75, 1, 1, 4],
  [5, 75, 0, 1, 4],
  [5, 90, 1, 1, 5],
  [10, 10, 1, 9, 1],
  [10, 10, 0, 9, 1],
  [10, 25, 1, 8, 3],
  [10, 25, 0, 7, 3],
  [10, 50, 1, 5, 5],
  [10, 50, 0, 5, 5],
  [10, 75, 1, 3, 8],
  [10, 75, 0, 2, 8],
  [10, 90, 1, 1, 9],
  [10, 90, 0, 1, 9],
];

describe('pods for a weight', () => {
  it.each(MEASURED)(
    '%i replicas, weight %i, maxSurge %i: stable %i, canary %i, as the reference',
    (replicas, weight, maxSurge, stable, canary) => {
      expect(weightedReplicas(replicas, weight, 100, { maxSurge })).toEqual({
        stable,
        canary,
      });
    },
  );

  // The reference leaves the canary without a pod here (2 at 75, 5 at 90).
  it.each([
    [2, 75],
    [5, 90],
  ])(
    '%i replicas at weight %i have a canary without surge too',
    (n, weight) => {
      const split = weightedReplicas(n, weight, 100, { maxSurge: 0 });

      expect(split.canary).toBeGreaterThan(0);
      expect(split.canary + split.stable).toBe(n);
    },
  );

  it('all or nothing at the ends', () => {
    expect(weightedReplicas(5, 0, 100, { maxSurge: 1 }).canary).toBe(0);
    expect(weightedReplicas(5, 100, 100, { maxSurge: 1 }).stable).toBe(0);
  });
});

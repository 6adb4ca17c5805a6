import { ClusterGaps } from './ClusterGaps';

const NOW = Date.UTC(2026, 10, 1);
const LAST = new Date(NOW - 9_000).toISOString();

it('marks what is seen as a cluster comes back, and nothing after', () => {
  const gaps = new ClusterGaps();
  gaps.changed('a', { state: 'ready' }, NOW);
  expect(gaps.gap('a', NOW)).toBeUndefined();
  gaps.changed('a', { state: 'stale', lastSeen: LAST }, NOW);
  gaps.changed('a', { state: 'stale', lastSeen: 'later' }, NOW + 1_000);
  gaps.changed('a', { state: 'ready' }, NOW + 60_000);

  expect(gaps.gap('a', NOW + 61_000)).toEqual({
    from: LAST,
    to: new Date(NOW + 61_000).toISOString(),
    cause: 'cluster-unreachable',
  });
  expect(gaps.gap('b', NOW + 61_000)).toBeUndefined();
  expect(gaps.gap('a', NOW + 66_000)).toBeUndefined();
});

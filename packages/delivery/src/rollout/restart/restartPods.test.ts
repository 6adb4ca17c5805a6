import { search } from '../../simulate/testing/demo';
import { Scenario } from '../../simulate/testing/scenario';
import { planRollout } from '../planRollout';
import { formatTime } from '../time';

/** All pods are older than the restart that is asked for. */
function restarting() {
  const scenario = new Scenario({ rollout: search() }).wait(30);
  scenario.edit('restart', ({ spec }) => {
    spec.restartAt = '2026-01-01T00:00:25Z';
  });
  return {
    snapshot: scenario.cluster.snapshot(scenario.now),
    now: scenario.now,
  };
}

const evictions = ({ snapshot, now }: ReturnType<typeof restarting>) =>
  planRollout(snapshot, now).writes.filter(({ verb }) => verb === 'evict');

describe('a restart', () => {
  it('evicts as many pods as may be unavailable', () => {
    expect(evictions(restarting())).toHaveLength(1);
  });

  it('waits for the replacement though the count still has the one that left', () => {
    const { snapshot, now } = restarting();
    const [first, ...rest] = snapshot.pods ?? [];
    if (!first) throw new Error('no pods');
    const replacement = {
      ...first,
      metadata: {
        ...first.metadata,
        name: 'replacement',
        uid: 'replacement',
        creationTimestamp: '2026-01-01T00:00:29Z',
      },
      status: { conditions: [{ type: 'Ready', status: 'False' as const }] },
    };
    const seen = { ...snapshot, pods: [...rest, replacement] };
    expect(seen.replicaSets[0]?.status?.availableReplicas).toBe(5);

    expect(evictions({ snapshot: seen, now })).toEqual([]);
  });

  it.each([
    ['an empty selector, which is every pod', { selector: {} }, 0],
    ['no selector, which is no pod', {}, 1],
  ])('heeds a disruption budget with %s', (_, spec, evicted) => {
    const { snapshot, now } = restarting();
    const budget = {
      metadata: { name: 'search', namespace: 'demo' },
      spec,
      status: { disruptionsAllowed: 0 },
    };
    const seen = { ...snapshot, disruptionBudgets: [budget] };

    expect(evictions({ snapshot: seen, now })).toHaveLength(evicted);
  });

  it('evicts one at a time where none may be unavailable', () => {
    const { snapshot, now } = restarting();
    const { rollout } = snapshot;
    const strict = {
      ...rollout,
      spec: {
        ...rollout.spec,
        strategy: {
          canary: { ...rollout.spec.strategy?.canary, maxUnavailable: 0 },
        },
      },
    };

    expect(
      evictions({ snapshot: { ...snapshot, rollout: strict }, now }),
    ).toHaveLength(1);
  });

  it('waits for one that is leaving though its replacement is ready', () => {
    const { snapshot, now } = restarting();
    const [first, ...rest] = snapshot.pods ?? [];
    if (!first) throw new Error('no pods');
    const leaving = {
      ...first,
      metadata: { ...first.metadata, deletionTimestamp: formatTime(now) },
    };
    const replacement = {
      ...first,
      metadata: {
        ...first.metadata,
        name: 'replacement',
        uid: 'replacement',
        creationTimestamp: formatTime(now),
      },
    };
    const seen = { ...snapshot, pods: [leaving, ...rest, replacement] };

    expect(evictions({ snapshot: seen, now })).toEqual([]);
  });

  it('counts a new pod that somebody has deleted as missing, though it is ready still', () => {
    const { snapshot, now } = restarting();
    const [first, ...rest] = snapshot.pods ?? [];
    if (!first) throw new Error('no pods');
    const deleted = {
      ...first,
      metadata: {
        ...first.metadata,
        creationTimestamp: formatTime(now),
        deletionTimestamp: formatTime(now),
      },
    };
    const seen = { ...snapshot, pods: [deleted, ...rest] };

    expect(evictions({ snapshot: seen, now })).toEqual([]);
  });
});

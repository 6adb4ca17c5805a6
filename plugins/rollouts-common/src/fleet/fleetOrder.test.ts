import { comparePositions, fleetPosition } from './fleetOrder';
import { FLEET_SORTS, type FleetSort } from './FleetQuery';
import type { FleetRow } from './FleetRow';

function row(name: string, change: Partial<FleetRow> = {}): FleetRow {
  return {
    ref: { cluster: 'east', namespace: 'demo', name },
    uid: name,
    state: 'Healthy',
    sentence: '',
    strategy: 'canary',
    share: { actual: 0, desired: 0 },
    images: [],
    ...change,
  };
}

function sorted(rows: FleetRow[], sort: FleetSort) {
  return rows
    .map(each => ({ each, at: fleetPosition(each, sort) }))
    .sort((a, b) => comparePositions(a.at, b.at))
    .map(({ each }) => each.ref.name);
}

describe('the order of a fleet', () => {
  it('puts first what needs a person, and of that what happened last', () => {
    const rows = [
      row('healthy', { since: '2026-11-03T00:00:00Z' }),
      row('paused-long', { state: 'Paused', since: '2026-11-01T00:00:00Z' }),
      row('paused', { state: 'Paused', since: '2026-11-02T00:00:00+01:00' }),
      row('rolled-back', { state: 'Aborted' }),
      row('degraded', { state: 'Degraded' }),
    ];
    expect(sorted(rows, 'attention')).toEqual([
      'degraded',
      'rolled-back',
      'paused',
      'paused-long',
      'healthy',
    ]);
  });

  it('begins with what happened last, whatever state it is in and zone it was told in', () => {
    const rows = [
      row('unknown', { state: 'Degraded' }),
      row('first', { since: '2026-11-01T12:00:00Z', state: 'Degraded' }),
      row('third', { since: '2026-11-02T00:00:00Z' }),
      row('second', { since: '2026-11-02T00:00:00+01:00', state: 'Paused' }),
      row('no-date', { since: 'yesterday' }),
    ];
    expect(sorted(rows, 'since')).toEqual([
      'third',
      'second',
      'first',
      'no-date',
      'unknown',
    ]);
  });

  it('puts what has no owner last', () => {
    expect(
      sorted(
        [row('stray'), row('owned', { owner: 'group:default/z' })],
        'owner',
      ),
    ).toEqual(['owned', 'stray']);
  });

  it.each(FLEET_SORTS)('tells rows of the same %s apart', sort => {
    const a = row('same');
    const b = row('same', {
      ref: { cluster: 'west', namespace: 'demo', name: 'same' },
    });
    const [left, right] = [fleetPosition(a, sort), fleetPosition(b, sort)];
    expect(comparePositions(left, right)).toBeLessThan(0);
    expect(comparePositions(right, left)).toBeGreaterThan(0);
    expect(comparePositions(left, fleetPosition(a, sort))).toBe(0);
  });
});

import { fleetWaiting, type FrozenBy } from './fleetWaiting';
import type { FleetFace } from './FleetFace';
import type { FleetIndex } from './FleetIndex';

/** As much of a face as the list looks at. */
function face(name: string, since: string): FleetFace {
  return {
    key: `local/demo/${name}`,
    row: {
      ref: { cluster: 'local', namespace: 'demo', name },
      entityRef: `component:default/${name}`,
      since,
    },
    after: [],
  } as unknown as FleetFace;
}

describe('what waits for a reader', () => {
  const asked = face('asked', '2026-11-02T00:00:00Z');
  const old = face('old', '2026-11-01T00:00:00Z');
  const hidden = face('hidden', '2026-11-01T00:00:00Z');

  const waitingUnder = (frozenBy: FrozenBy) =>
    fleetWaiting(
      // Only what the list calls.
      {
        facesOf: (key: string) =>
          [asked, hidden].filter(each => each.key === key),
        waitingFor: () => [asked, old, hidden],
      } as unknown as FleetIndex,
      {
        rolloutKeys: () => [asked.key, hidden.key],
        approversOf: () => [],
        subscribe: () => () => {},
      },
      {
        signature: '',
        ownershipRefs: [],
        sees: ref => ref !== hidden.row.entityRef,
        isDecided: () => true,
      },
      frozenBy,
    );
  const waiting = waitingUnder(() => undefined);

  it('is the longest wait first, each once, as an approval where it is both', () => {
    expect(waiting.map(({ row, because }) => [row.ref.name, because])).toEqual([
      ['old', 'owner'],
      ['asked', 'approval'],
    ]);
  });

  it('is last while a freeze refuses it; an approval may be given all the same', () => {
    const freeze = { name: 'holidays', until: '2027-01-02T00:00:00Z' };
    const looked: string[] = [];
    const frozen = waitingUnder((key, action) => {
      looked.push(`${action} ${key}`);
      return freeze;
    });
    expect(looked).toEqual(['promote local/demo/old']);
    expect(frozen.map(each => [each.row.ref.name, each.frozen])).toEqual([
      ['asked', undefined],
      ['old', freeze],
    ]);
  });

  it('is frozen by what refuses the very thing that it waits for', () => {
    const paused = face('paused', '2026-11-01T00:00:00Z');
    paused.row.waits = { for: 'resume', of: [] };
    const actions: string[] = [];
    fleetWaiting(
      {
        facesOf: () => [],
        waitingFor: () => [paused],
      } as unknown as FleetIndex,
      {
        rolloutKeys: () => [],
        approversOf: () => [],
        subscribe: () => () => {},
      },
      {
        signature: '',
        ownershipRefs: [],
        sees: () => true,
        isDecided: () => true,
      },
      (_, action) => {
        actions.push(action);
        return undefined;
      },
    );
    expect(actions).toEqual(['resume']);
  });

  it('is nothing that the reader may not see, whoever is asked to approve', () => {
    expect(waiting.map(({ row }) => row.ref.name)).not.toContain('hidden');
  });
});

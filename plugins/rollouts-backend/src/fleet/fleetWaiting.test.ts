import { fleetWaiting } from './fleetWaiting';
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

  const waiting = fleetWaiting(
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
  );

  it('is the longest wait first, each once, as an approval where it is both', () => {
    expect(waiting.map(({ row, because }) => [row.ref.name, because])).toEqual([
      ['old', 'owner'],
      ['asked', 'approval'],
    ]);
  });

  it('is nothing that the reader may not see, whoever is asked to approve', () => {
    expect(waiting.map(({ row }) => row.ref.name)).not.toContain('hidden');
  });
});

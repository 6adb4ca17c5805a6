import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { arrangeFleet, sortFleet, type ArrangedFleet } from './arrangeFleet';
import type { FleetItem } from './FleetItems';
import type { FleetState } from './FleetState';
import type { FleetQuery } from './fleetUrl';
import { holdOrder, type HeldOrder } from './holdOrder';

const NOBODY: ReadonlySet<string> = new Set();

/**
 * The rows that the query asks for. While somebody is attentive the order
 * stands still; a change of the query, which they made themselves, is obeyed
 * at once.
 */
export function useArrangedFleet(
  state: FleetState,
  query: FleetQuery,
  attentive: boolean,
): {
  arranged: ArrangedFleet | undefined;
  held: HeldOrder;
  /** Lets the rows go where they belong. */
  release: () => void;
} {
  const sorted = useMemo(
    () => state.items && sortFleet(state.items.values(), query.sort),
    [state.items, query.sort],
  );
  const arranged = useMemo(
    () => arrangeFleet(sorted, state.first, query),
    [sorted, state.first, query],
  );
  const [released, setReleased] = useState(0);
  const release = useCallback(() => setReleased(times => times + 1), []);
  /** As the rows stood when nothing held them. */
  const stood = useRef<{
    items: FleetItem[];
    query: FleetQuery;
    released: number;
  }>();
  const before = stood.current;
  const holds =
    attentive &&
    state.items !== undefined &&
    before?.query === query &&
    before.released === released;
  const held = useMemo((): HeldOrder => {
    const items = arranged?.items ?? [];
    return holds
      ? holdOrder(before.items, items)
      : { items, gone: NOBODY, changes: 0 };
  }, [arranged, holds, before]);
  useEffect(() => {
    if (!holds) {
      stood.current = { items: held.items, query, released };
    }
  }, [held, holds, query, released]);
  return { arranged, held, release };
}

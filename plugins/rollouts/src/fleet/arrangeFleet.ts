import {
  comparePositions,
  filterFleet,
  fleetPosition,
  type FilteredFleet,
  type FleetSort,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { FleetItem } from './FleetItems';
import type { FleetState } from './FleetState';
import type { FleetQuery } from './fleetUrl';

/** Items in an order; ascending, so that a change of direction costs nothing. */
export function sortFleet(
  items: Iterable<FleetItem>,
  sort: FleetSort,
): FleetItem[] {
  return Array.from(items, item => ({
    item,
    position: fleetPosition(item.row, sort),
  }))
    .sort((a, b) => comparePositions(a.position, b.position))
    .map(({ item }) => item);
}

/** What the table shows. */
export interface ArrangedFleet extends FilteredFleet<FleetItem> {
  /** Of the items, those that are not here yet included. */
  total: number;
}

/**
 * @param sorted - the whole fleet in the query's order, once it is here;
 *   until then the first rows are shown as they came
 */
export function arrangeFleet(
  sorted: FleetItem[] | undefined,
  first: FleetState['first'],
  query: FleetQuery,
): ArrangedFleet | undefined {
  if (!sorted) {
    return first;
  }
  const { items, facets } = filterFleet(sorted, query);
  if (query.order === 'desc') {
    items.reverse();
  }
  return { items, facets, total: items.length };
}

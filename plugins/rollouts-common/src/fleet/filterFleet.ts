import {
  FLEET_FACETS,
  FLEET_NONE,
  type FleetFacet,
  type FleetFacetCounts,
  type FleetFilter,
} from './FleetQuery';
import type { FleetRow } from './FleetRow';

/** A row with what it is filtered by at hand. @public */
export interface FilterableRow {
  row: FleetRow;
  /** {@link fleetText} of the row. */
  text: string;
}

/** @public */
export interface FilteredFleet<T> {
  items: T[];
  facets: FleetFacetCounts;
}

/** The lower-case text that words are looked for in. @public */
export function fleetText(row: FleetRow): string {
  return [
    row.ref.name,
    row.ref.namespace,
    row.ref.cluster,
    row.entityRef ?? '',
    row.owner ?? '',
    row.system ?? '',
    ...row.images.flatMap(({ stable = '', current = '' }) =>
      stable === current ? [stable] : [stable, current],
    ),
  ]
    .join('\n')
    .toLowerCase();
}

/**
 * The value of a row in a facet; `none` where it has none.
 * @public
 */
export function facetValue(row: FleetRow, facet: FleetFacet): string {
  switch (facet) {
    case 'cluster':
      return row.ref.cluster;
    case 'namespace':
      return row.ref.namespace;
    case 'owner':
      return row.owner ?? FLEET_NONE;
    case 'system':
      return row.system ?? FLEET_NONE;
    default:
      return row[facet];
  }
}

/**
 * The rows that pass, in the order they came in, and how many each value of a
 * facet would show. One pass: a row that fails in one facet alone counts
 * there, one that fails in two counts nowhere.
 * @public
 */
export function filterFleet<T extends FilterableRow>(
  rows: Iterable<T>,
  filter: FleetFilter,
): FilteredFleet<T> {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = FLEET_FACETS.map(facet => {
    const values: readonly string[] | undefined = filter[facet];
    return values && values.length > 0 ? new Set(values) : undefined;
  });
  const counts = FLEET_FACETS.map(() => new Map<string, number>());
  const items: T[] = [];
  for (const item of rows) {
    if (!words.every(word => item.text.includes(word))) {
      continue;
    }
    let failed = -1;
    let failures = 0;
    for (let i = 0; i < FLEET_FACETS.length && failures < 2; i++) {
      if (wanted[i]?.has(facetValue(item.row, FLEET_FACETS[i]!)) === false) {
        failed = i;
        failures++;
      }
    }
    if (failures === 0) {
      items.push(item);
      for (let i = 0; i < FLEET_FACETS.length; i++) {
        count(counts[i]!, facetValue(item.row, FLEET_FACETS[i]!));
      }
    } else if (failures === 1) {
      count(counts[failed]!, facetValue(item.row, FLEET_FACETS[failed]!));
    }
  }
  return {
    items,
    facets: Object.fromEntries(
      FLEET_FACETS.map((facet, i) => [facet, Object.fromEntries(counts[i]!)]),
    ) as FleetFacetCounts,
  };
}

function count(counts: Map<string, number>, value: string): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

import { InputError } from '@backstage/errors';
import {
  comparePositions,
  filterFleet,
  fleetPosition,
  type FilteredFleet,
  type FleetFilter,
  type FleetPosition,
  type FleetSort,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ReaderSight } from '../access/ReaderSights';
import { RecentlyUsed } from '../view/RecentlyUsed';
import { isShown, type FleetFace } from './FleetFace';
import type { FleetIndex } from './FleetIndex';

export interface FleetListQuery extends FleetFilter {
  sort?: FleetSort;
  order?: 'asc' | 'desc';
  limit?: number | string;
  cursor?: string;
}

/** Answers kept, of one revision. */
const MOST_KEPT = 50;

/** Lists the fleet for readers, one page at a time. */
export class FleetLists {
  readonly #index: FleetIndex;
  readonly #kept = new RecentlyUsed<string, FilteredFleet<FleetFace>>(
    MOST_KEPT,
  );
  #revision = -1;

  constructor(index: FleetIndex) {
    this.#index = index;
  }

  /**
   * JSON of a FleetPage.
   * @param clusters - JSON of its clusters
   * @throws InputError when the cursor is of another list
   */
  page(sight: ReaderSight, query: FleetListQuery, clusters: string): string {
    const { sort = 'attention', order = 'asc', limit = 100, cursor } = query;
    const { items, facets } = this.#matching(sight, query);
    const sign = order === 'desc' ? -1 : 1;
    const start =
      cursor === undefined
        ? 0
        : firstAfter(items, sort, sign, readCursor(cursor, sort, order));
    const page = items.slice(start, start + Number(limit));
    const last = page.at(-1);
    const nextCursor =
      last && start + page.length < items.length
        ? writeCursor(sort, order, fleetPosition(last.row, sort))
        : undefined;
    return [
      `{"items":[${page.map(({ json }) => json).join(',')}]`,
      `"total":${items.length}`,
      ...(nextCursor === undefined ? [] : [`"nextCursor":"${nextCursor}"`]),
      `"facets":${JSON.stringify(facets)}`,
      `"clusters":${clusters}}`,
    ].join(',');
  }

  #matching(
    sight: ReaderSight,
    query: FleetListQuery,
  ): FilteredFleet<FleetFace> {
    if (this.#revision !== this.#index.revision) {
      this.#revision = this.#index.revision;
      this.#kept.clear();
    }
    const {
      sort = 'attention',
      order = 'asc',
      limit,
      cursor,
      ...filter
    } = query;
    const key = JSON.stringify([sight.signature, sort, order, filter]);
    const known = this.#kept.get(key);
    if (known) {
      return known;
    }
    const shown = this.#index.sorted(sort).filter(face => isShown(face, sight));
    const made = filterFleet(shown, filter);
    if (order === 'desc') {
      made.items.reverse();
    }
    this.#kept.set(key, made);
    return made;
  }
}

function firstAfter(
  items: FleetFace[],
  sort: FleetSort,
  sign: 1 | -1,
  after: FleetPosition,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const position = fleetPosition(items[middle]!.row, sort);
    if (comparePositions(position, after) * sign <= 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function writeCursor(
  sort: FleetSort,
  order: string,
  position: FleetPosition,
): string {
  return Buffer.from(JSON.stringify([sort, order, ...position])).toString(
    'base64url',
  );
}

function readCursor(
  cursor: string,
  sort: FleetSort,
  order: string,
): FleetPosition {
  const parts = parseCursor(cursor);
  if (parts?.[0] !== sort || parts[1] !== order) {
    throw new InputError(
      'The cursor is not one that this API gave out for this sort and order. Start again without it.',
    );
  }
  return parts.slice(2);
}

function parseCursor(cursor: string): (string | number)[] | undefined {
  try {
    const parts: unknown = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    );
    return Array.isArray(parts) &&
      parts.every(part => typeof part === 'string' || Number.isFinite(part))
      ? parts
      : undefined;
  } catch {
    // Any other text is refused by the caller, with what to do.
    return undefined;
  }
}

import {
  FLEET_FACETS,
  FLEET_SORTS,
  FLEET_STATES,
  type FleetFacet,
  type FleetFilter,
  type FleetSort,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

export const FLEET_VIEWS = ['rollouts', 'measures'] as const;

/** What of the page is shown; the whole of it is in the URL. */
export interface FleetQuery extends FleetFilter {
  view: (typeof FLEET_VIEWS)[number];
  sort: FleetSort;
  order: 'asc' | 'desc';
}

const ALLOWED: Partial<Record<FleetFacet, readonly string[]>> = {
  state: FLEET_STATES,
  strategy: ['canary', 'blueGreen', 'rollingUpdate'],
};

/** Reads `?state=Paused&owner=…`. What means nothing here is passed over. */
export function readFleetUrl(search: string): FleetQuery {
  const parameters = new URLSearchParams(search);
  const query: FleetQuery = {
    view: oneOf(FLEET_VIEWS, parameters.get('view')) ?? 'rollouts',
    sort: oneOf(FLEET_SORTS, parameters.get('sort')) ?? 'attention',
    order: parameters.get('order') === 'desc' ? 'desc' : 'asc',
  };
  const text = parameters.get('q');
  if (text) {
    query.q = text;
  }
  for (const facet of FLEET_FACETS) {
    const values = parameters
      .getAll(facet)
      .filter(value => ALLOWED[facet]?.includes(value) ?? value !== '');
    if (values.length > 0) {
      Object.assign(query, { [facet]: [...new Set(values)] });
    }
  }
  return query;
}

/**
 * The query as `?…`, empty when nothing is chosen.
 * @param search - the URL's own, of which foreign parameters are kept
 */
export function writeFleetUrl(query: FleetQuery, search: string): string {
  const parameters = new URLSearchParams(search);
  for (const name of ['view', 'sort', 'order', 'q', ...FLEET_FACETS]) {
    parameters.delete(name);
  }
  if (query.view !== 'rollouts') {
    parameters.set('view', query.view);
  }
  if (query.q) {
    parameters.set('q', query.q);
  }
  for (const facet of FLEET_FACETS) {
    for (const value of query[facet] ?? []) {
      parameters.append(facet, value);
    }
  }
  if (query.sort !== 'attention') {
    parameters.set('sort', query.sort);
  }
  if (query.order !== 'asc') {
    parameters.set('order', query.order);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function oneOf<T extends string>(
  values: readonly T[],
  value: string | null,
): T | undefined {
  return values.find(each => each === value);
}

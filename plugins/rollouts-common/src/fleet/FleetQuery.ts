import type { FleetState, FleetStrategy } from './FleetRow';

/** What can be filtered by with several values each; any of them suffices. @public */
export const FLEET_FACETS = [
  'state',
  'owner',
  'system',
  'cluster',
  'namespace',
  'strategy',
] as const;

/** @public */
export type FleetFacet = (typeof FLEET_FACETS)[number];

/** @public */
export const FLEET_SORTS = [
  'attention',
  'name',
  'owner',
  'system',
  'cluster',
  'strategy',
  'share',
  'since',
] as const;

/** @public */
export type FleetSort = (typeof FLEET_SORTS)[number];

/** Stands for having no owner or system; no entity ref looks like this. @public */
export const FLEET_NONE = 'none';

/** Which rows; what is left out lets all through. @public */
export interface FleetFilter {
  state?: FleetState[];
  /** Entity refs, or {@link FLEET_NONE}. */
  owner?: string[];
  system?: string[];
  cluster?: string[];
  namespace?: string[];
  strategy?: FleetStrategy[];
  /** Words that must all occur in name, namespace, cluster, owner, system or an image. */
  q?: string;
}

/** How many rows each value of a facet would show, the facet's own choice left aside. @public */
export type FleetFacetCounts = Record<FleetFacet, Record<string, number>>;

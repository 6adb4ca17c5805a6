import type { ClusterView } from '../view/cluster';
import type { RolloutRef } from '../view/rollout';
import type { FleetFacetCounts } from './FleetQuery';
import type { FleetRow } from './FleetRow';

/** @public */
export interface FleetPage {
  items: FleetRow[];
  /** Of all pages. */
  total: number;
  nextCursor?: string;
  facets: FleetFacetCounts;
  clusters: ClusterView[];
}

/** What waits for the caller: what they can do now, then what is frozen, the longest wait first. @public */
export interface FleetWaiting {
  items: FleetWaitingItem[];
}

/** @public */
export interface FleetWaitingItem {
  row: FleetRow;
  /** `approval`: they may decide an open request; `owner`: it is paused for a person and theirs. */
  because: 'approval' | 'owner';
  /** The freeze that refuses what it waits for, where one does. Never for an approval, which may be given. */
  frozen?: { name: string; until: string };
}

/**
 * Events of the fleet's stream. `rows` are rollouts that are new or changed,
 * `removed` those that are gone from the reader's sight. `reload` says that
 * more has changed than the stream tells: read the list again. `waiting` says
 * that what waits for the reader may have changed, `freezes` that other freeze
 * windows are there or go on than before.
 * @public
 */
export type FleetStreamEvent =
  | { type: 'reload'; data: Record<string, never> }
  | { type: 'rows'; data: FleetRow[] }
  | { type: 'removed'; data: RolloutRef[] }
  | { type: 'clusters'; data: ClusterView[] }
  | { type: 'waiting'; data: Record<string, never> }
  | { type: 'freezes'; data: Record<string, never> }
  | { type: 'heartbeat'; data: { at: string } };

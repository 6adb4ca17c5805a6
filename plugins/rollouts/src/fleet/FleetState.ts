import type {
  ClusterView,
  FleetFacetCounts,
  FleetWaitingItem,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Connection } from '../live/keepStream';
import type { FleetItem } from './FleetItems';

/** What the page knows now. Each change makes a new one. */
export interface FleetState {
  /** By key; undefined until the whole fleet is here. */
  items?: ReadonlyMap<string, FleetItem>;
  /** The first rows of what was asked for, until then. */
  first?: { items: FleetItem[]; total: number; facets: FleetFacetCounts };
  clusters: ClusterView[];
  /** What waits for the reader; undefined until it is known. */
  waiting?: FleetWaitingItem[];
  /** Grows when the freeze windows may be others than before. */
  freezes: number;
  /** Why nothing could be read, while that is so. */
  error?: Error;
  connection: Connection;
}

import { LiveNotices } from '../status/LiveNotices';
import type { FleetState } from './FleetState';

/** How fresh the fleet is: a lost connection, clusters that are down or silent. */
export const FleetNotices = ({ state }: { state: FleetState }) => (
  <LiveNotices
    connection={state.connection}
    value={{ clusters: state.clusters, rollouts: [], refused: [] }}
  />
);

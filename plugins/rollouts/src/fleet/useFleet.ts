import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { fleetApiRef } from '../api/FleetApi';
import { FleetFeed } from './FleetFeed';
import type { FleetState } from './FleetState';
import type { FleetQuery } from './fleetUrl';

/** The fleet, live, while the page is open. */
export function useFleet(query: FleetQuery): {
  state: FleetState;
  retry: () => void;
} {
  const api = useApi(fleetApiRef);
  const [feed] = useState(() => {
    const { view, ...first } = query;
    return new FleetFeed({ api, first });
  });
  const state = useSyncExternalStore(
    useCallback(listener => feed.subscribe(listener), [feed]),
    () => feed.state,
  );
  const retry = useCallback(() => feed.retry(), [feed]);
  return { state, retry };
}

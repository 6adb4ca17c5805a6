import { useCallback, useEffect, useState } from 'react';
import { readFleetUrl, writeFleetUrl, type FleetQuery } from './fleetUrl';

/**
 * The query in the URL. A change replaces the address instead of adding one,
 * so that "back" leaves the page rather than undoing letter by letter; the
 * router's own state of the entry stays.
 */
export function useFleetQuery(): [
  FleetQuery,
  (change: Partial<FleetQuery>) => void,
] {
  const [query, setQuery] = useState(() =>
    readFleetUrl(window.location.search),
  );
  useEffect(() => {
    const onMove = () => setQuery(readFleetUrl(window.location.search));
    window.addEventListener('popstate', onMove);
    return () => window.removeEventListener('popstate', onMove);
  }, []);
  const change = useCallback((part: Partial<FleetQuery>) => {
    const { pathname, search, hash } = window.location;
    const next = { ...readFleetUrl(search), ...part };
    window.history.replaceState(
      window.history.state,
      '',
      `${pathname}${writeFleetUrl(next, search)}${hash}`,
    );
    setQuery(next);
  }, []);
  return [query, change];
}

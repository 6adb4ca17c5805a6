import { createContext, useContext, useEffect, useState } from 'react';

/** Milliseconds since the epoch; tests and the harness put in their own. */
export const ClockContext = createContext<() => number>(Date.now);

/** The time, renewed every `everyMs` while mounted. */
export function useNow(everyMs: number): number {
  const clock = useContext(ClockContext);
  const [now, setNow] = useState(clock);
  useEffect(() => {
    setNow(clock());
    const timer = setInterval(() => setNow(clock()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}

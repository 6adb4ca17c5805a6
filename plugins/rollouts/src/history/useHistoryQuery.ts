import { useQueryParamState } from '@backstage/core-components';
import { useCallback, useEffect, useMemo, useState } from 'react';
import {
  readHistoryQuery,
  writeHistoryQuery,
  type HistoryQuery,
} from './historyQuery';

/**
 * The address follows a quarter of a second behind. Until it has, one of
 * before may still arrive, and must not undo what somebody chose since;
 * milliseconds.
 */
const SETTLED = 1_000;

type Written = Record<string, string> | undefined;

const isSame = (one: Written, other: Written) =>
  JSON.stringify(one) === JSON.stringify(other);

/** What is shown, kept in the address as `rollouts[…]`. */
export function useHistoryQuery(): {
  query: HistoryQuery;
  change(part: Partial<HistoryQuery>): void;
} {
  const [state, setState] = useQueryParamState<Written>('rollouts');
  const [chosen, setChosen] = useState<{ state: Written }>();
  useEffect(() => {
    if (!chosen) return undefined;
    const timer = setTimeout(() => setChosen(undefined), SETTLED);
    return () => clearTimeout(timer);
  }, [chosen]);
  useEffect(() => {
    if (chosen && !isSame(chosen.state, state)) setState(chosen.state);
  }, [chosen, state, setState]);

  const shown = chosen ? chosen.state : state;
  const query = useMemo(() => readHistoryQuery(shown), [shown]);
  const change = useCallback(
    (part: Partial<HistoryQuery>) => {
      const next = writeHistoryQuery({ ...query, ...part });
      setChosen({ state: next });
      setState(next);
    },
    [query, setState],
  );
  return { query, change };
}

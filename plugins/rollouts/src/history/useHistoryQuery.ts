import { useQueryParamState } from '@backstage/core-components';
import { useCallback, useMemo } from 'react';
import {
  readHistoryQuery,
  writeHistoryQuery,
  type HistoryQuery,
} from './historyQuery';

/** What is shown, kept in the address as `rollouts[…]`. */
export function useHistoryQuery(): {
  query: HistoryQuery;
  change(part: Partial<HistoryQuery>): void;
} {
  const [state, setState] = useQueryParamState<
    Record<string, string> | undefined
  >('rollouts');
  const query = useMemo(() => readHistoryQuery(state), [state]);
  const change = useCallback(
    (part: Partial<HistoryQuery>) =>
      setState(writeHistoryQuery({ ...query, ...part })),
    [query, setState],
  );
  return { query, change };
}

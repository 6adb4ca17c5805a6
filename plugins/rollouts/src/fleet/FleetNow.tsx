import { useState } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { FleetFilters } from './FleetFilters';
import { FleetNotices } from './FleetNotices';
import { FleetProblem, NoFleet } from './FleetProblem';
import { FleetSkeleton } from './FleetSkeleton';
import { FleetTable } from './FleetTable';
import type { FleetQuery } from './fleetUrl';
import { FreezeBar } from './FreezeBar';
import { HeldNotice } from './HeldNotice';
import { StateFilter } from './StateFilter';
import { useArrangedFleet } from './useArrangedFleet';
import { useFleet } from './useFleet';
import { WaitingList } from './WaitingList';
import styles from './FleetPage.module.css';

/** The fleet as it is now: what waits for the reader, what is closed, then everything. */
export const FleetNow = (props: {
  query: FleetQuery;
  onChange(change: Partial<FleetQuery>): void;
}) => {
  const { t } = useRolloutsTranslation();
  const { query, onChange } = props;
  const { state, retry } = useFleet(query);
  const [attentive, setAttentive] = useState(false);
  const { arranged, held, release } = useArrangedFleet(state, query, attentive);
  const known = state.items?.size ?? state.first?.total;
  if (!arranged && state.error) {
    return <FleetProblem error={state.error} retry={retry} />;
  }
  return (
    <>
      <FleetNotices state={state} />
      <WaitingList items={state.waiting} />
      <FreezeBar changes={state.freezes} />
      <StateFilter
        counts={arranged?.facets.state ?? {}}
        chosen={query.state ?? []}
        onChange={chosen => onChange({ state: chosen })}
      />
      <FleetFilters
        query={query}
        facets={arranged?.facets}
        onChange={onChange}
      />
      <div className={styles.line}>
        <span role="status">
          {arranged && known !== undefined
            ? counted(arranged.total, known)
            : t('fleet.loading')}
        </span>
        <HeldNotice changes={held.changes} onRelease={release} />
      </div>
      {!arranged && <FleetSkeleton />}
      {arranged && arranged.total === 0 && (
        <NoFleet
          filtered={(known ?? 0) > 0 || !state.items}
          clusters={state.clusters.length}
        />
      )}
      {arranged && arranged.total > 0 && (
        <FleetTable
          className={styles.table}
          items={held.items}
          gone={held.gone}
          complete={state.items !== undefined}
          total={arranged.total}
          sort={query.sort}
          order={query.order}
          onAttention={setAttentive}
          onSort={sort =>
            onChange(
              sort === query.sort
                ? { order: query.order === 'asc' ? 'desc' : 'asc' }
                : { sort, order: 'asc' },
            )
          }
        />
      )}
    </>
  );

  function counted(shown: number, total: number): string {
    return shown === total
      ? t('fleet.count.all', { count: total })
      : t('fleet.count.some', { shown: String(shown), total: String(total) });
  }
};

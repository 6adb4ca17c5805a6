import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import type { FleetSort } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { FLEET_COLUMNS, type FleetColumn } from './FleetRowCells';
import styles from './FleetTable.module.css';

/** What a click on a heading sorts by. */
const SORTS: Partial<Record<FleetColumn, FleetSort>> = {
  name: 'name',
  state: 'attention',
  share: 'share',
  version: 'strategy',
  owner: 'owner',
  since: 'since',
};

export const FleetTableHeader = (props: {
  sort: FleetSort;
  order: 'asc' | 'desc';
  onSort(sort: FleetSort): void;
}) => {
  const { t } = useRolloutsTranslation();
  const Arrow = props.order === 'asc' ? RiArrowUpLine : RiArrowDownLine;
  const direction = props.order === 'asc' ? 'ascending' : 'descending';
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={styles.header}>
        {FLEET_COLUMNS.map((column, at) => {
          const by = SORTS[column];
          const sorted = by !== undefined && by === props.sort;
          return (
            <div
              key={column}
              role="columnheader"
              aria-colindex={at + 1}
              aria-sort={sorted ? direction : undefined}
              className={styles.heading}
              data-column={column}
            >
              {by ? (
                <button
                  type="button"
                  className={styles.headingButton}
                  onClick={() => props.onSort(by)}
                >
                  {t(`fleet.column.${column}`)}
                  {sorted && <Arrow size={12} aria-hidden="true" />}
                </button>
              ) : (
                t(`fleet.column.${column}`)
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
};

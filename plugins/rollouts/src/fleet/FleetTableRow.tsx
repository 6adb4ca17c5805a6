import { memo } from 'react';
import type { FleetRow } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { FLEET_CELLS, FLEET_COLUMNS } from './FleetRowCells';
import styles from './FleetTable.module.css';

export interface FleetTableRowProps {
  id: string;
  row: FleetRow;
  href: string | undefined;
  now: number;
  /** From the top of the table, pixels. */
  top: number;
  height: number;
  /** Among all rows, the header's being the first. */
  position: number;
  /** The column that the keyboard is at, if it is at this row. */
  activeColumn: number | undefined;
  gone: boolean;
}

/** One rollout. Drawn again only when something in it is another. */
export const FleetTableRow = memo((props: FleetTableRowProps) => {
  const { t } = useRolloutsTranslation();
  const { id, row, href, now, gone, activeColumn } = props;
  return (
    <div
      role="row"
      aria-rowindex={props.position}
      className={styles.row}
      data-active={activeColumn !== undefined || undefined}
      data-gone={gone || undefined}
      data-stale={row.stale ? true : undefined}
      data-linked={href !== undefined || undefined}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      title={gone ? t('fleet.row.gone') : undefined}
    >
      {FLEET_COLUMNS.map((column, at) => {
        const Cell = FLEET_CELLS[column];
        return (
          <div
            key={column}
            id={`${id}-${column}`}
            role={column === 'name' ? 'rowheader' : 'gridcell'}
            aria-colindex={at + 1}
            className={styles.cell}
            data-column={column}
            data-active={activeColumn === at || undefined}
          >
            <Cell row={row} href={href} now={now} />
          </div>
        );
      })}
    </div>
  );
});

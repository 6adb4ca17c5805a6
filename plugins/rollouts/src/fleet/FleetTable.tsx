import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import type { FleetSort } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useNow } from '../live/useNow';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import type { FleetItem } from './FleetItems';
import { FLEET_COLUMNS } from './FleetRowCells';
import { FleetTableHeader } from './FleetTableHeader';
import { FleetTableRow } from './FleetTableRow';
import { moveInGrid, type GridPlace } from './moveInGrid';
import { useElementWidth } from './useElementWidth';
import { useRolloutHref } from './useRolloutHref';
import styles from './FleetTable.module.css';

const HEADER_PX = 36;
const ROW_PX = { wide: 58, narrow: 120 };
/** Narrower than this, a row takes three lines. */
const WIDE_PX = 1_060;
/** Rows drawn beyond what is seen, so that a quick turn of the wheel finds them there. */
const OVERSCAN = 8;

export interface FleetTableProps {
  items: FleetItem[];
  /** Of the items, those that are not here yet included. */
  total: number;
  /** All of the total are here. */
  complete: boolean;
  /** Keys of rows that are no more but still stand where they stood. */
  gone?: ReadonlySet<string>;
  sort: FleetSort;
  order: 'asc' | 'desc';
  onSort(sort: FleetSort): void;
  /** Somebody points at the rows, or is among them with the keyboard. */
  onAttention(attentive: boolean): void;
  className?: string;
}

/**
 * The rows, of which only those in sight are drawn. One grid, one tab stop:
 * the arrow keys go from cell to cell, Enter opens the rollout.
 */
export const FleetTable = (props: FleetTableProps) => {
  const { items, total, gone, sort, order, onSort, onAttention } = props;
  const { t } = useRolloutsTranslation();
  const now = useNow(10_000);
  const id = useId();
  const hrefOf = useRolloutHref();
  const scroller = useRef<HTMLDivElement>(null);
  const width = useElementWidth(scroller);
  const layout = width !== undefined && width < WIDE_PX ? 'narrow' : 'wide';
  const [place, setPlace] = useState<GridPlace>();
  const height = ROW_PX[layout];
  const activeKey = place?.key;
  const activeAt = place ? items.findIndex(({ key }) => key === activeKey) : -1;

  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: index => items[index]?.key ?? index,
    overscan: OVERSCAN,
    scrollMargin: HEADER_PX,
    scrollPaddingStart: HEADER_PX,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);

  const attention = useRef({ pointer: false, keyboard: false });
  const attend = (part: Partial<typeof attention.current>) => {
    Object.assign(attention.current, part);
    onAttention(attention.current.pointer || attention.current.keyboard);
  };
  // Who was among rows that are gone is among none.
  useEffect(() => () => onAttention(false), [onAttention]);

  const drawn = virtualizer.getVirtualItems();
  const activeIsDrawn = drawn.some(({ index }) => index === activeAt);

  const move = useCallback(
    (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      // A heading has keys of its own; a link that was clicked follows itself.
      if (
        target.closest('button') ||
        (event.key === 'Enter' && target.closest('a'))
      ) {
        return;
      }
      const next = moveInGrid(event, {
        at: activeAt,
        column: place?.column ?? 0,
        rows: items.length,
        columns: FLEET_COLUMNS.length,
        page: Math.max(
          1,
          Math.floor((scroller.current?.clientHeight ?? 0) / height) - 1,
        ),
      });
      const item = next && items[next.at];
      if (item) {
        event.preventDefault();
        setPlace({ key: item.key, column: next.column });
        virtualizer.scrollToIndex(next.at, { align: 'auto' });
      } else if (event.key === 'Enter' && activeAt >= 0) {
        open(scroller.current, activeAt);
      }
    },
    [activeAt, place, items, height, virtualizer],
  );

  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={t('fleet.table')}
      aria-rowcount={total + 1}
      aria-colcount={FLEET_COLUMNS.length}
      aria-activedescendant={
        place && activeIsDrawn
          ? `${id}-${activeAt}-${FLEET_COLUMNS[place.column]}`
          : undefined
      }
      className={`${styles.grid} ${props.className ?? ''}`}
      data-layout={layout}
      data-complete={props.complete || undefined}
      onKeyDown={move}
      onClick={openRow}
      onPointerEnter={() => attend({ pointer: true })}
      onPointerLeave={() => attend({ pointer: false })}
      onFocus={event => {
        if (event.target === scroller.current && !place && items[0]) {
          setPlace({ key: items[0].key, column: 0 });
        }
        attend({ keyboard: true });
      }}
      onBlur={() => attend({ keyboard: false })}
    >
      <FleetTableHeader sort={sort} order={order} onSort={onSort} />
      <div
        role="rowgroup"
        className={styles.rows}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {drawn.map(({ index, start }) => {
          const item = items[index];
          return item ? (
            <FleetTableRow
              key={item.key}
              id={`${id}-${index}`}
              row={item.row}
              href={hrefOf(item.row)}
              now={now}
              top={start - HEADER_PX}
              height={height}
              position={index + 2}
              activeColumn={index === activeAt ? place?.column : undefined}
              gone={gone?.has(item.key) ?? false}
            />
          ) : null;
        })}
      </div>
    </div>
  );
};

/** Follows the row's own link, wherever in the row the click was. */
function openRow(event: MouseEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  const selecting = window.getSelection()?.isCollapsed === false;
  if (!selecting && !target.closest('a, button')) {
    target.closest('[role=row]')?.querySelector('a')?.click();
  }
}

function open(grid: HTMLElement | null, at: number): void {
  grid?.querySelector<HTMLElement>(`[aria-rowindex="${at + 2}"] a`)?.click();
}

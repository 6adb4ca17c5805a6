/** Where the keyboard is: rows are known by key, because they move. */
export interface GridPlace {
  key: string;
  column: number;
}

interface Grid {
  /** Row and column now; -1 before the first move. */
  at: number;
  column: number;
  rows: number;
  columns: number;
  /** Rows of a page. */
  page: number;
}

/**
 * Where a key leads; `undefined` for one that leads nowhere. Source: WAI-ARIA
 * Authoring Practices, "Grid pattern", data grids.
 */
export function moveInGrid(
  {
    key,
    ctrlKey,
    metaKey,
  }: { key: string; ctrlKey: boolean; metaKey: boolean },
  { at, column, rows, columns, page }: Grid,
): { at: number; column: number } | undefined {
  const far = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowDown':
      return place(at + 1, column);
    case 'ArrowUp':
      return place(at - 1, column);
    case 'PageDown':
      return place(at + page, column);
    case 'PageUp':
      return place(at - page, column);
    case 'ArrowRight':
      return place(at, column + 1);
    case 'ArrowLeft':
      return place(at, column - 1);
    case 'Home':
      return place(far ? 0 : at, 0);
    case 'End':
      return place(far ? rows - 1 : at, columns - 1);
    default:
      return undefined;
  }

  function place(row: number, inRow: number) {
    return rows === 0
      ? undefined
      : {
          at: Math.min(rows - 1, Math.max(0, row)),
          column: Math.min(columns - 1, Math.max(0, inRow)),
        };
  }
}

import { StoredObject } from '../api/clusterApi';

/** One column of a table and how its cells are read. */
export interface TableColumn {
  name: string;
  type: string;
  format?: string;
  description: string;
  priority: number;
  /** @param now - milliseconds since the epoch */
  cell(object: StoredObject, now: number): unknown;
}

type Cell = TableColumn['cell'];

export function column(name: string, cell: Cell, type = 'string'): TableColumn {
  return { name, type, description: name, priority: 0, cell };
}

/** Shown with `-o wide` only. */
export function wide(name: string, cell: Cell, type = 'string'): TableColumn {
  return { ...column(name, cell, type), priority: 1 };
}

import { StoredObject } from '../api/clusterApi';

/** One write, as the change log keeps it. */
export interface Change {
  revision: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  key: string;
  /** The object after the write; for DELETED its last state, at `revision`. */
  object: StoredObject;
  /** The object before the write; undefined for ADDED. */
  previous?: StoredObject;
  /** When it was written, in milliseconds since the epoch. */
  at: number;
}

/**
 * connecting: nothing known yet; live: listed and watching; stale: known, but
 * the connection is lost; forbidden: the account may not read the kind;
 * unauthorized: the credentials are refused; absent: the cluster does not have
 * the kind; stopped: by `stop`.
 */
export type ReflectorState =
  | 'connecting'
  | 'live'
  | 'stale'
  | 'forbidden'
  | 'unauthorized'
  | 'absent'
  | 'stopped';

export interface ReflectorCounters {
  lists: number;
  /** Lists begun again because their `continue` token had expired. */
  restartedLists: number;
  watches: number;
  events: number;
  bookmarks: number;
  /** Watches that answered 410. */
  expired: number;
  /** Watches cut in mid-line or with a line that is no event. */
  corrupt: number;
  /** Watches from which nothing came for too long. */
  stalled: number;
  /** Failed attempts of any kind. */
  failures: number;
}

export interface ReflectorStatus {
  state: ReflectorState;
  /** When the server was last heard from about this kind; milliseconds since the epoch. */
  lastSeen?: number;
  /**
   * For how long it has not been heard from; milliseconds, by the clock that
   * says more: one may have been set back, the other has stood still while the
   * machine slept.
   */
  silence?: number;
  /** Why the state is not `live`. */
  error?: Error;
  counters: Readonly<ReflectorCounters>;
}

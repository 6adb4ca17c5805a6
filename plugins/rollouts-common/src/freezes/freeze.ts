/** One value or several of which one suffices. @public */
export type OneOrMore = string | string[];

/**
 * Which rollouts something applies to: everything that is said must hold, and
 * nothing said means all.
 * @public
 */
export interface RolloutScope {
  cluster?: OneOrMore;
  namespace?: OneOrMore;
  /** The tier of the cluster. */
  tier?: OneOrMore;
  /** A label selector of Rollouts, as in `kubectl -l`. */
  labels?: string;
  /** Of a catalog entity of the rollout. */
  entity?: {
    ref?: OneOrMore;
    owner?: OneOrMore;
    system?: OneOrMore;
    type?: OneOrMore;
    lifecycle?: OneOrMore;
  };
}

/** A freeze window as people write it. @public */
export interface FreezeDefinition {
  name: string;
  /** Why, and whom to ask: shown wherever something is refused. */
  reason: string;
  /** Of the IANA database. */
  timeZone: string;
  /** Local time, `2026-11-27T00:00`; of the first window when it recurs. */
  start: string;
  /** Local time; either this or `duration`. */
  end?: string;
  /** ISO 8601, on the wall clock: `PT8H`. */
  duration?: string;
  /** A recurrence rule of RFC 5545: `FREQ=WEEKLY;BYDAY=FR`. */
  recurrence?: string;
  /** Whether timed pauses of the embedded controller wait for its end. */
  hold?: boolean;
  /** Whether an emergency may pass it; default true. */
  emergency?: boolean;
  scope?: RolloutScope;
  except?: {
    /** Days, `2026-12-24`, on which a window that would begin does not. */
    dates?: string[];
    /** Refs of entities that it does not concern. */
    entities?: string[];
  };
}

/** @public */
export interface CreateFreezeRequest extends FreezeDefinition {
  /** A UUID made once per decision; a repeat returns the first outcome. */
  idempotencyKey: string;
}

/** A freeze window. @public */
export interface FreezeView extends FreezeDefinition {
  id: string;
  source: 'config' | 'api';
  state: 'active' | 'upcoming' | 'over';
  hold: boolean;
  emergency: boolean;
  /** The occurrence that is going on, or else the next one within a year. */
  next?: { start: string; end: string };
  /** Why the window may do less than it seems to, such as a cluster that there is not. */
  warnings?: string[];
  createdBy?: string;
  /** ISO 8601. */
  createdAt?: string;
  endedBy?: string;
  endedAt?: string;
  endReason?: string;
}

/** One time that a window is closed; times are ISO 8601 in UTC. @public */
export interface FreezeOccurrence {
  /** Of the window. */
  freezeId: string;
  name: string;
  reason: string;
  timeZone: string;
  start: string;
  /** The first moment after it. */
  end: string;
  active: boolean;
  hold: boolean;
  emergency: boolean;
  /** Why the window may do less than it seems to, such as a cluster that there is not. */
  warnings?: string[];
  scope?: RolloutScope;
}

import type { ImageChange, RolloutRef, StaleView } from '../view/rollout';

/** What a rollout is up to, in the order in which people care. @public */
export const FLEET_STATES = [
  'Degraded',
  'Aborted',
  'Paused',
  'Progressing',
  'Healthy',
] as const;

/**
 * The phase as people see it: one that went back to stable is `Aborted`, not
 * just `Degraded`.
 * @public
 */
export type FleetState = (typeof FLEET_STATES)[number];

/** @public */
export type FleetStrategy = 'canary' | 'blueGreen' | 'rollingUpdate';

/**
 * A rollout in one row of the fleet, as small as it can be. Times are RFC 3339
 * in UTC.
 * @public
 */
export interface FleetRow {
  ref: RolloutRef;
  uid: string;
  /** The catalog entity on whose ground the reader sees it; absent when it belongs to none. */
  entityRef?: string;
  /** The entity's owner and system, as entity refs. */
  owner?: string;
  system?: string;
  state: FleetState;
  /** What is happening and why, a sentence a person could say aloud. */
  sentence: string;
  strategy: FleetStrategy;
  router?: string;
  /** `index` = count when done. */
  step?: { index: number; count: number };
  /** The new version's share of the traffic, 0 to 1: as it is, and as the steps ask for. */
  share: { actual: number; desired: number };
  images: ImageChange[];
  /** Since when it is in this state. */
  since?: string;
  /** Set when it goes no further by itself, with whom it waits for, as entity refs. */
  waits?: FleetWait;
  stale?: StaleView;
}

/** @public */
export interface FleetWait {
  for: 'promotion' | 'resume' | 'approval';
  of: string[];
}

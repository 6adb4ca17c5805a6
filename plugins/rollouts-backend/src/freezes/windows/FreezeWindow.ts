import type { IANAZone } from 'luxon';
import type { FreezeDefinition } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutSelector } from '../../selection/RolloutSelector';
import type { Recurrence } from '../time/recurrence';
import type { WallClock } from '../time/wallClock';

/** A freeze window as it was read and checked. */
export interface FreezeWindow {
  /** `config:<name>`, or the id of its row. */
  id: string;
  name: string;
  reason: string;
  zone: IANAZone;
  /** When it begins for the first time. */
  start: WallClock;
  /** How long each occurrence lasts on the wall clock, in milliseconds. */
  length: number;
  /** A single window has none. */
  recurrence?: Recurrence;
  /** Timed pauses of the embedded controller wait for its end. */
  hold: boolean;
  /** Whether an emergency may pass it. */
  emergency: boolean;
  scope: RolloutSelector;
  /** Days on which an occurrence that would begin does not: `2026-12-24`. */
  exceptDates: ReadonlySet<string>;
  /** Refs of entities that it does not concern. */
  exceptEntities: ReadonlySet<string>;
  /** As it was written. */
  definition: FreezeDefinition;
  source: 'config' | 'api';
  created?: { by: string; at: number };
  /** It was ended before its time. */
  ended?: { by: string; at: number; reason?: string };
}

import type {
  ReleaseOutcome,
  RevisionOutcome,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * What the history knows of one Rollout object after its last entry. Kept
 * with the chain, so that whoever goes on begins from the same.
 */
export interface StreamState {
  /** Of the object as last recorded; an older one says nothing new. */
  resourceVersion?: string;
  /** How many releases there have been. */
  releases: number;
  release?: CurrentRelease;
  /** Pod hashes of the last releases, with their revisions, newest last. */
  seen: [podHash: string, revision: number | undefined][];
  /** How the last of their updates ended, by pod hash. */
  outcomes?: Record<string, RevisionOutcome>;
}

/** The last release, whether it goes on or not. Times are in milliseconds. */
export interface CurrentRelease {
  id: string;
  podHash: string;
  /** What was stable when it began. */
  stableHash: string;
  attempt: number;
  startedAt: number;
  /** Counts how often the steps began anew. */
  pass: number;
  stepsHash: string;
  stepIndex?: number;
  weight?: { desired: number; actual: number };
  /** Entries of the kinds that may repeat, so that each has a key of its own. */
  counts: { weights: number; notes: number; entities: number };
  pauses: {
    reason: string;
    startedAt: number;
    stepIndex?: number;
    plannedSeconds?: number;
  }[];
  /** By uid. */
  runs: Record<string, 'started' | 'finished'>;
  trouble?: string;
  entityRefs: string[];
  /** It had begun before anybody looked. */
  begunUnobserved?: boolean;
  /** The release that this one takes back: restored once this one is complete. */
  takesBack?: string;
  ended?: ReleaseOutcome;
  restored?: boolean;
  /** The manifest was set back to what was stable all along. */
  withdrawn?: boolean;
}

export const NOTHING_KNOWN: StreamState = { releases: 0, seen: [] };

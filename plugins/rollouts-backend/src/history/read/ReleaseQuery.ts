import type { ReleaseOutcome } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Which releases are asked for. Times are in milliseconds. */
export interface ReleaseFilter {
  cluster?: string;
  namespace?: string;
  rollout?: string;
  outcomes?: ReleaseOutcome[];
  /** Text that an image of the new version contains. */
  image?: string;
  person?: string;
  /** Those that went on at this time or began after it. */
  from?: number;
  to?: number;
  /** Those that ended in the range, instead of those that touch it. */
  ended?: { from: number; to: number };
}

/**
 * Whose releases may be seen: everybody's, or those of these entities and of
 * these objects, which belong to one of them now.
 */
export type Visible =
  | { all: true }
  | {
      all: false;
      entityRefs: ReadonlySet<string>;
      uids: ReadonlySet<string>;
    };

/** Where a page ends. */
export interface Position {
  sortedAt: number;
  id: string;
}

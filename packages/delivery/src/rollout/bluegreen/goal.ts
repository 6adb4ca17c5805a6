import type { BlueGreenStrategy } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { waitsForPerson } from '../analysisRuns/inconclusive';
import { hasLostStable, isPromoted, type RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { selectedHash } from '../services/selectedHash';
import { fastTrack } from './fastTrack';

/**
 * Where a blue-green update stands:
 * - `initial`: nothing is stable yet, the first revision comes up at once
 * - `promoted`: the current template is the stable one
 * - `aborted`: everybody goes back to stable
 * - `preview`: the current revision gets ready beside the active one
 * - `active`: the active service selects the current revision, which is being
 *   verified
 */
export type BlueGreenMode =
  'initial' | 'promoted' | 'aborted' | 'preview' | 'active';

/** What a blue-green update should come to with the status as it is now. */
export interface BlueGreenGoal {
  mode: BlueGreenMode;
  /** Who the active service selects, as far as it is one of the revisions. */
  active?: Revision;
  /** Why pause and analysis are skipped; undefined when they are not. */
  fast?: string;
  /**
   * No service moves forward and nothing becomes stable: under `spec.paused`,
   * and while an inconclusive analysis waits for a person.
   */
  frozen: boolean;
}

/** The strategy; only called where it is blue-green. */
export function blueGreenOf({ rollout }: RolloutContext): BlueGreenStrategy {
  return rollout.spec.strategy?.blueGreen ?? { activeService: '' };
}

/** The revision that a service selects, if it is one of this rollout. */
export function selectedRevision(
  { current, stable, others, snapshot }: RolloutContext,
  service: string | undefined,
): Revision | undefined {
  const hash =
    service === undefined
      ? undefined
      : selectedHash(snapshot.services[service]);
  return hash === undefined
    ? undefined
    : [current, ...(stable ? [stable] : []), ...others].find(
        each => each.exists && each.hash === hash,
      );
}

/** It goes back to a revision that was stable before, without checks. */
export function isRollback(
  { draft }: RolloutContext,
  { fast }: BlueGreenGoal,
): boolean {
  return fast !== undefined && !draft.status.promoteFull;
}

function modeOf(
  context: RolloutContext,
  active: Revision | undefined,
): BlueGreenMode {
  if (hasLostStable(context)) return 'aborted';
  if (!context.stable) return 'initial';
  if (isPromoted(context)) return 'promoted';
  if (context.draft.status.abort) return 'aborted';
  return active === context.current ? 'active' : 'preview';
}

/** Reads the goal from the draft's status: call it again after changing that. */
export function blueGreenGoal(context: RolloutContext): BlueGreenGoal {
  const active = selectedRevision(context, blueGreenOf(context).activeService);
  const mode = modeOf(context, active);
  return {
    mode,
    active,
    fast:
      mode === 'preview' || mode === 'active' ? fastTrack(context) : undefined,
    frozen: context.rollout.spec.paused === true || waitsForPerson(context),
  };
}

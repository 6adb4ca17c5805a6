import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { PlanDraft } from '../draft';
import { parseTime } from '../time';
import type { Problem } from './problem';

/** From a rollout's creation; its time is known to the second only. */
const PATIENCE_MILLISECONDS = 2_000;

/**
 * A rollout may be seen before what was applied together with it: one that
 * nobody has looked at yet is not called invalid for that at once.
 *
 * @returns whether it is waited for
 */
export function waitForReferences(
  draft: PlanDraft,
  { metadata, status }: Rollout,
  problems: Problem[],
  now: number,
): boolean {
  const createdAt = parseTime(metadata.creationTimestamp);
  const isNew = status?.observedGeneration === undefined;
  const onlyMissing =
    problems.length > 0 && problems.every(each => each.missing);
  if (!isNew || !onlyMissing || createdAt === undefined) return false;
  const until = createdAt + PATIENCE_MILLISECONDS;
  // A clock that is behind must not make anybody wait for ever.
  if (now >= until || now < createdAt - PATIENCE_MILLISECONDS) return false;
  draft.because('waiting a moment for what it refers to');
  draft.wake(until);
  return true;
}

import type {
  Rollout,
  TimelineEntry,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { personName } from './personName';

/** How far the clocks of a portal and of a controller may be apart. */
const APART_MILLISECONDS = 30_000;
const TITLES = new Set(['abort', 'abort in an emergency']);

/**
 * Name of whose abort in the portal this is. `undefined` when it was somebody
 * with kubectl, or a controller: the status does not say who it was, so that
 * only an action at the time of the abort counts.
 *
 * @param actions - what people did to the rollout
 */
export function abortedBy(
  { status }: Pick<Rollout, 'status'>,
  actions: readonly Pick<TimelineEntry, 'title' | 'at' | 'by'>[],
): string | undefined {
  if (!status?.abort || !status.abortedAt) return undefined;
  const at = Date.parse(status.abortedAt);
  const found = actions.find(
    action =>
      TITLES.has(action.title) &&
      Math.abs(Date.parse(action.at) - at) <= APART_MILLISECONDS,
  );
  return found?.by && personName(found.by);
}

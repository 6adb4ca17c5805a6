import type {
  FleetRow,
  Rollout,
  RolloutSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { EntitySelection } from '../entities/EntitySelection';
import { fleetSince } from './fleetSince';
import { fleetWait } from './fleetWait';

/**
 * A rollout as a row of the fleet.
 * @param ground - the entity on whose ground it is seen, if it belongs to one
 * @param approvers - refs of those whose approval it waits for, if somebody has asked
 */
export function fleetRow(
  rollout: Rollout,
  summary: RolloutSummary,
  ground: EntitySelection | undefined,
  approvers: readonly string[] = [],
): FleetRow {
  const state =
    summary.aborted && summary.phase === 'Degraded' ? 'Aborted' : summary.phase;
  const { actual, desired, max } = summary.weights;
  const waitsFor = fleetWait(rollout);
  return {
    ref: summary.ref,
    uid: summary.uid,
    entityRef: ground?.entityRef,
    owner: ground?.ownerRefs[0],
    system: ground?.system,
    state,
    sentence: summary.sentence,
    strategy: summary.strategy,
    router: summary.router,
    step: summary.step,
    share: { actual: share(actual, max), desired: share(desired, max) },
    images: summary.images,
    since: fleetSince(rollout, state, summary.startedAt),
    waits:
      approvers.length > 0
        ? { for: 'approval', of: [...approvers] }
        : waitsFor && { for: waitsFor, of: ground?.ownerRefs ?? [] },
    stale: summary.stale,
  };
}

/** To four digits: more are not seen, and make each row longer. */
function share(weight: number, max: number): number {
  return max > 0 ? Math.round((weight / max) * 10_000) / 10_000 : 0;
}

import type {
  PodTemplateSpec,
  ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { PlanMemory } from '../memory/planMemory';
import type { RolloutSnapshot } from '../snapshot';
import { isSameTemplate, templateHash } from '../template/templateHash';
import { withoutAntiAffinity } from '../metadata/antiAffinity';
import { ephemeralOf, withEphemeral } from '../metadata/ephemeralMetadata';
import { newReplicaSet } from './newReplicaSet';
import { ownRevisions } from './ownRevisions';
import { toRevision, type Revision } from './revision';

/** A rollout's revisions by role. */
export interface Revisions {
  current: Revision;
  stable?: Revision;
  /** Oldest first. */
  others: Revision[];
  /** To be made the rollout's own. */
  orphans: ReplicaSet[];
  /** More than before when another template holds the name. */
  collisionCount?: number;
}

/**
 * Whether a ReplicaSet makes the template's pods, apart from what a controller
 * has put into its template for as long as it has a role.
 */
function isRevisionOf(
  replicaSet: ReplicaSet,
  template: PodTemplateSpec,
  { templates }: PlanMemory,
): boolean {
  return isSameTemplate(
    withoutAntiAffinity(replicaSet.spec.template),
    withEphemeral(template, ephemeralOf(replicaSet)),
    templates,
  );
}

/**
 * Finds the current revision by its template, so that another controller's
 * ReplicaSets are taken over whatever hash they carry; of several equal ones
 * the oldest. The stable one is named by the status.
 */
export function findRevisions(
  snapshot: RolloutSnapshot,
  template: PodTemplateSpec,
  memory: PlanMemory,
): Revisions {
  const { rollout } = snapshot;
  const status = rollout.status ?? {};
  const { revisions, orphans } = ownRevisions(snapshot);
  const highest = Math.max(0, ...revisions.map(each => each.number));

  const stable = revisions.find(
    each => each.hash !== '' && each.hash === status.stableRS,
  );

  let collisionCount = status.collisionCount ?? 0;
  // Of two that make the same pods the stable one is it: nothing has changed.
  let current = [...(stable ? [stable] : []), ...revisions].find(
    each =>
      each.replicaSet.metadata.deletionTimestamp === undefined &&
      isRevisionOf(each.replicaSet, template, memory),
  );
  if (!current) {
    let hash = templateHash(template, collisionCount, memory.templates);
    const taken = new Set([
      ...snapshot.replicaSets.map(rs => rs.metadata.name),
      ...(snapshot.takenNames ?? []),
    ]);
    while (taken.has(`${rollout.metadata.name}-${hash}`)) {
      collisionCount++;
      hash = templateHash(template, collisionCount, memory.templates);
    }
    const fresh = newReplicaSet(
      rollout,
      template,
      hash,
      highest + 1,
      stable?.hash,
    );
    current = { ...toRevision(fresh), exists: false };
  }
  return {
    current,
    stable,
    others: revisions.filter(each => each !== current && each !== stable),
    orphans,
    ...(collisionCount ? { collisionCount } : {}),
  };
}

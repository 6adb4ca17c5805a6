import { StoredObject } from '../../api/clusterApi';
import { Bounds } from './bounds';
import {
  availableOf,
  byAge,
  DESIRED,
  MOST,
  replicasOf,
  total,
} from './revisions';

/** A ReplicaSet and the replicas that it should have. */
export interface Scaling {
  replicaSet: StoredObject;
  replicas: number;
}

/**
 * The next step of a rolling update: first the new ReplicaSet grows as far as
 * the surge allows, then unhealthy old pods go, then old pods as far as enough
 * others are available. Pure; one reconcile takes one step.
 */
export function planRollingUpdate(
  deployment: StoredObject,
  current: StoredObject,
  old: StoredObject[],
  { maxSurge, maxUnavailable }: Bounds,
): Scaling[] {
  const wanted = replicasOf(deployment);
  const all = [...old, current];
  const has = replicasOf(current);
  if (has > wanted) return [{ replicaSet: current, replicas: wanted }];
  const room = wanted + maxSurge - total(all, replicasOf);
  if (has < wanted && room > 0) {
    const replicas = Math.min(wanted, has + room);
    return [{ replicaSet: current, replicas }];
  }
  return shrinkOld(current, old, wanted - maxUnavailable);
}

function shrinkOld(
  current: StoredObject,
  old: StoredObject[],
  minAvailable: number,
): Scaling[] {
  const all = [...old, current];
  const unavailable = replicasOf(current) - availableOf(current);
  let removable = total(all, replicasOf) - minAvailable - unavailable;
  const scaled = new Map<StoredObject, number>();
  const oldest = byAge(old).filter(replicaSet => replicasOf(replicaSet) > 0);
  // Pods that serve nobody go first, and cost nothing.
  for (const replicaSet of oldest) {
    const sick = replicasOf(replicaSet) - availableOf(replicaSet);
    const gone = Math.max(0, Math.min(sick, removable));
    removable -= gone;
    if (gone > 0) scaled.set(replicaSet, replicasOf(replicaSet) - gone);
  }
  let spare = total(all, availableOf) - minAvailable;
  for (const replicaSet of oldest) {
    const has = scaled.get(replicaSet) ?? replicasOf(replicaSet);
    const gone = Math.max(0, Math.min(has, spare, availableOf(replicaSet)));
    spare -= gone;
    if (gone > 0) scaled.set(replicaSet, has - gone);
  }
  return [...scaled].map(([replicaSet, replicas]) => ({
    replicaSet,
    replicas,
  }));
}

/** Recreate: all old pods go, and only when none is left the new ones come. */
export function planRecreate(
  deployment: StoredObject,
  current: StoredObject | undefined,
  old: StoredObject[],
  oldPods: number,
): Scaling[] {
  const running = old.filter(replicaSet => replicasOf(replicaSet) > 0);
  if (running.length > 0) {
    return running.map(replicaSet => ({ replicaSet, replicas: 0 }));
  }
  const wanted = replicasOf(deployment);
  return current && oldPods === 0 && replicasOf(current) !== wanted
    ? [{ replicaSet: current, replicas: wanted }]
    : [];
}

/**
 * The deployment's replicas were changed in the middle of an update (or while
 * it is paused): all ReplicaSets grow or shrink in proportion to their size,
 * so that the update stays as far as it is. Undefined if they were not.
 */
export function planProportional(
  deployment: StoredObject,
  replicaSets: StoredObject[],
  { maxSurge }: Bounds,
): Scaling[] | undefined {
  const wanted = replicasOf(deployment);
  const active = byAge(
    replicaSets.filter(replicaSet => replicasOf(replicaSet) > 0),
  );
  const changed = active.some(
    replicaSet => desiredBefore(replicaSet) !== wanted,
  );
  if (!changed) return undefined;
  if (active.length === 1) {
    return [{ replicaSet: active[0]!, replicas: wanted }];
  }
  const size = wanted > 0 ? wanted + maxSurge : 0;
  const now = total(active, replicasOf);
  let left = size - now;
  // The larger first, the newer first when growing: they carry the rounding.
  const ordered = (left > 0 ? [...active].reverse() : [...active]).sort(
    (a, b) => replicasOf(b) - replicasOf(a),
  );
  const scaled = ordered.map(replicaSet => {
    const has = replicasOf(replicaSet);
    const before = Number(replicaSet.metadata.annotations?.[MOST]) || now || 1;
    const share = Math.round((has * size) / before) - has;
    const change =
      left > 0
        ? Math.max(0, Math.min(share, left))
        : Math.min(0, Math.max(share, left));
    left -= change;
    return { replicaSet, replicas: has + change };
  });
  const first = scaled[0];
  if (first) first.replicas = Math.max(0, first.replicas + left);
  return scaled;
}

function desiredBefore(replicaSet: StoredObject): number {
  return Number(replicaSet.metadata.annotations?.[DESIRED]);
}

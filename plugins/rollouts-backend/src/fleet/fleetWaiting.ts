import type { FleetWaitingItem } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ReaderSight } from '../access/ReaderSights';
import type { GateChange } from '../gates/ActionGate';
import { isShown, type FleetFace } from './FleetFace';
import type { FleetIndex } from './FleetIndex';

/** Open requests for approval that somebody may decide. */
export interface DecidableRequests {
  /** `cluster/namespace/name` of their rollouts. */
  rolloutKeys(sight: ReaderSight): Iterable<string>;
  /** Refs of those whose approval is asked for on a rollout. */
  approversOf(key: string): readonly string[];
  /** Calls back when something about the requests of these rollouts is otherwise. */
  subscribe(listener: (change: GateChange) => void): () => void;
}

/** The freeze that refuses an action on a rollout, the one that ends last; none: it is not frozen. */
export type FrozenBy = (
  key: string,
  action: 'promote' | 'resume',
) => FleetWaitingItem['frozen'];

/**
 * What goes no further until the reader does something: what they can do now,
 * then what is frozen, the longest wait first.
 */
export function fleetWaiting(
  index: FleetIndex,
  requests: DecidableRequests,
  sight: ReaderSight,
  frozenBy: FrozenBy,
): FleetWaitingItem[] {
  const found = new Map<string, FleetWaitingItem>();
  const add = (face: FleetFace, because: FleetWaitingItem['because']) => {
    if (!found.has(face.key) && isShown(face, sight)) {
      const frozen =
        because === 'owner'
          ? frozenBy(
              face.key,
              face.row.waits?.for === 'resume' ? 'resume' : 'promote',
            )
          : undefined;
      found.set(face.key, { row: face.row, because, frozen });
    }
  };
  for (const key of requests.rolloutKeys(sight)) {
    index.facesOf(key).forEach(face => add(face, 'approval'));
  }
  for (const face of index.waitingFor(sight.ownershipRefs)) {
    add(face, 'owner');
  }
  return [...found.values()].sort(
    (a, b) =>
      Number(a.frozen !== undefined) - Number(b.frozen !== undefined) ||
      compare(a.row.since ?? '', b.row.since ?? '') ||
      compare(a.row.ref.name, b.row.ref.name),
  );
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

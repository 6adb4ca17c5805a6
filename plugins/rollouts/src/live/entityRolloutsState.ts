import type {
  EntityRolloutsResponse,
  RolloutRef,
  StreamEvent,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** `cluster/namespace/name`, the identity of a rollout in the portal. */
export function rolloutKey(ref: RolloutRef): string {
  return `${ref.cluster}/${ref.namespace}/${ref.name}`;
}

/**
 * What is known after `event`. A snapshot replaces everything; other events
 * before the first snapshot say nothing that could be shown and are dropped.
 * Returns `known` itself when nothing changed.
 */
export function applyStreamEvent(
  known: EntityRolloutsResponse | undefined,
  event: StreamEvent,
): EntityRolloutsResponse | undefined {
  if (event.type === 'snapshot') {
    return event.data;
  }
  if (!known) {
    return undefined;
  }
  switch (event.type) {
    case 'rollout': {
      const key = rolloutKey(event.data.rollout.ref);
      const at = known.rollouts.findIndex(
        ({ rollout }) => rolloutKey(rollout.ref) === key,
      );
      return {
        ...known,
        // In place where it is known, so that nothing moves on the screen.
        rollouts:
          at < 0
            ? [...known.rollouts, event.data]
            : known.rollouts.with(at, event.data),
      };
    }
    case 'removed': {
      const key = rolloutKey(event.data);
      return {
        ...known,
        rollouts: known.rollouts.filter(
          ({ rollout }) => rolloutKey(rollout.ref) !== key,
        ),
      };
    }
    case 'clusters':
      return { ...known, clusters: event.data };
    default:
      return known;
  }
}

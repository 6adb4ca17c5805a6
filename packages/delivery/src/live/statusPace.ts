import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * How long numbers that have changed again soon after they were written wait
 * for the next ones; milliseconds. The reference spaces the turns of a rollout
 * by as much.
 */
const PAUSE = 100;

/** Numbers that follow pods on their way; nobody decides on them. */
const COUNTS = new Set([
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'HPAReplicas',
]);

/**
 * Keeps numbers of pods that change several times in a blink from costing a
 * write each. Whatever else a status says is never held back.
 */
export class StatusPace {
  /** When turns wrote these objects, as the mirror shows them. */
  readonly #writtenAt = new WeakMap<Rollout, number>();

  /** What the mirror showed before a turn, and shows after its writes. */
  seen(before: Rollout, after: Rollout | undefined, now: number) {
    if (after && after !== before) this.#writtenAt.set(after, now);
  }

  /**
   * How long this change of the status has to wait: milliseconds, 0 for not at
   * all.
   *
   * @param patch - the merge patch of the status
   */
  pauseBefore(rollout: Rollout, patch: unknown, now: number): number {
    const writtenAt = this.#writtenAt.get(rollout);
    if (writtenAt === undefined || !isCountsAlone(patch)) return 0;
    // A clock that was set back must not hold anything for long.
    return Math.min(PAUSE, Math.max(0, writtenAt + PAUSE - now));
  }
}

function isCountsAlone(patch: unknown): boolean {
  return (
    typeof patch === 'object' &&
    patch !== null &&
    Object.keys(patch).every(key => COUNTS.has(key))
  );
}

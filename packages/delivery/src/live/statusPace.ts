import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * How long a status that only follows pods on their way waits after the last
 * write for what comes next; milliseconds. Five pods that go and come make ten
 * changes within the shortest.
 */
const PAUSE = { shortest: 500, longest: 5_000 };
/**
 * In times of what a write takes: a control plane that is busy is slow with
 * pods, too, and gets fewer writes that nobody decides on.
 */
const SLOWNESS = 100;
/** What one turn counts for in that: a single slow write says little. */
const WEIGHT = 0.1;

type Status = NonNullable<Rollout['status']>;
type Condition = NonNullable<Status['conditions']>[number];

/** What follows pods on their way; nobody decides on it. */
const FOLLOWS_PODS = new Set([
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'HPAReplicas',
  'message',
  'conditions',
]);

/** Of conditions, those that do, as long as their reason is one of these. */
const REASONS_OF_PROGRESS = new Set([
  'NewReplicaSetCreated',
  'ReplicaSetUpdated',
  'AvailableReason',
]);

/**
 * Keeps what changes several times while pods come and go from costing a write
 * each time. Whatever else a status says is never held back.
 */
export class StatusPace {
  /** When turns wrote these objects, as the mirror shows them, and the pause after it. */
  readonly #written = new WeakMap<Rollout, { at: number; pause: number }>();
  /** A moving average over all rollouts, as if nothing was busy before; milliseconds. */
  #typical = 0;

  /**
   * What the mirror showed before a turn, and shows after its writes.
   *
   * @param turn - what all its writes took together, in milliseconds, and how
   *   many it sent, those included that were refused
   */
  seen(
    before: Rollout,
    after: Rollout | undefined,
    at: number,
    { took, writes }: { took: number; writes: number },
  ): void {
    if (!after || after === before) return;
    this.#typical += WEIGHT * (took / Math.max(1, writes) - this.#typical);
    const pause = Math.min(
      PAUSE.longest,
      Math.max(PAUSE.shortest, this.#typical * SLOWNESS),
    );
    this.#written.set(after, { at, pause });
  }

  /**
   * How long this change of the status has to wait: milliseconds, 0 for not at
   * all.
   *
   * @param patch - the merge patch of the status
   */
  pauseBefore(rollout: Rollout, patch: unknown, now: number): number {
    const written = this.#written.get(rollout);
    if (!written || !followsPods(rollout.status, patch)) return 0;
    const { at, pause } = written;
    // A clock that was set back must not hold anything for long.
    return Math.min(pause, Math.max(0, at + pause - now));
  }
}

function followsPods(status: Rollout['status'], patch: unknown): boolean {
  if (typeof patch !== 'object' || patch === null) return false;
  if (!Object.keys(patch).every(key => FOLLOWS_PODS.has(key))) return false;
  const { conditions: after } = patch as Pick<Status, 'conditions'>;
  const before = status?.conditions ?? [];
  if (after === undefined) return true;
  return (
    Array.isArray(after) &&
    after.length === before.length &&
    after.every(condition => {
      const earlier = before.find(({ type }) => type === condition.type);
      return (
        earlier !== undefined &&
        (isSame(earlier, condition) ||
          (isOfProgress(earlier) && isOfProgress(condition)))
      );
    })
  );
}

function isOfProgress({ reason }: Condition): boolean {
  return REASONS_OF_PROGRESS.has(reason ?? '');
}

function isSame(one: Condition, other: Condition): boolean {
  return (
    one.status === other.status &&
    one.reason === other.reason &&
    one.message === other.message
  );
}

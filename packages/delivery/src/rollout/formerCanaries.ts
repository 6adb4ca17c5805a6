import type {
  CanaryStrategy,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * The canary strategies by which rollouts were routed, for who drives the
 * planner: one that has changed to blue-green names its routers no more, and
 * the routes still say what they said. Forgotten with the process.
 */
export class FormerCanaries {
  readonly #known = new Map<string, CanaryStrategy>();

  /** @returns the strategy before, of a rollout that is blue-green now and was routed */
  see({ metadata, spec, status }: Rollout): CanaryStrategy | undefined {
    const { uid = '' } = metadata;
    const { canary, blueGreen } = spec?.strategy ?? {};
    if (canary?.trafficRouting && !blueGreen) this.#known.set(uid, canary);
    else if (canary || !status?.canary?.weights) this.#known.delete(uid);
    return blueGreen ? this.#known.get(uid) : undefined;
  }

  /** The object is gone. */
  forget(uid: string): void {
    this.#known.delete(uid);
  }
}

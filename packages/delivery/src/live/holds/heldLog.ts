import type { DeliveryLogger } from '../logger';

/**
 * Says once for each rollout what a hold keeps it from. It is held in every
 * turn, and nothing is written meanwhile, so that nothing else would tell.
 */
export class HeldLog {
  readonly #said = new Map<string, string>();

  constructor(private readonly logger: DeliveryLogger) {}

  /** @param held - what is said of it; undefined: nothing is held */
  see(
    rollout: { namespace: string; name: string; uid: string },
    held: string | undefined,
  ): void {
    const { uid, namespace, name } = rollout;
    if (held === undefined) {
      this.#said.delete(uid);
    } else if (this.#said.get(uid) !== held) {
      this.#said.set(uid, held);
      this.logger.info(held, { namespace, rollout: name });
    }
  }

  forget(uid: string): void {
    this.#said.delete(uid);
  }
}

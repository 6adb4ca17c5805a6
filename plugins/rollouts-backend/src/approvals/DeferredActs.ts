import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { ApprovalRecord } from './store/ApprovalRecord';

/** More would be a fault; each waits for minutes. */
const MOST = 1_000;

export type PersonsCredentials = BackstageCredentials<BackstageUserPrincipal>;

export interface DeferredActsOptions {
  /** As it is now; `undefined` once it can have no effect any more. */
  find: (id: string) => ApprovalRecord | undefined;
  /** Whether something in its policies is still to come. */
  isWaiting: (request: ApprovalRecord) => boolean;
  act: (
    request: ApprovalRecord,
    credentials: PersonsCredentials,
  ) => Promise<void>;
  logger: Pick<LoggerService, 'warn'>;
}

/**
 * What the last approval was to carry out, and a further condition of a policy
 * still keeps. It is carried out once the conditions are met, with the
 * rights of who gave that approval, asked at that moment. They are known to
 * the process that took the vote, for as long as the person's token is valid:
 * after that, or after a restart, the approval has unlocked the action for
 * whoever may take it.
 */
export class DeferredActs {
  readonly #options: DeferredActsOptions;
  readonly #waiting = new Map<string, PersonsCredentials>();

  constructor(options: DeferredActsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** Returns whether it is kept. */
  add(id: string, credentials: PersonsCredentials): boolean {
    if (this.#waiting.size >= MOST) {
      return false;
    }
    this.#waiting.set(id, credentials);
    return true;
  }

  /** To be called when conditions may be met by now: also when only time has passed. */
  look(): void {
    const { find, isWaiting } = this.#options;
    for (const [id, credentials] of this.#waiting) {
      const request = find(id);
      if (request?.state === 'approved' && isWaiting(request)) {
        continue;
      }
      this.#waiting.delete(id);
      if (request?.state === 'approved') {
        void this.#act(request, credentials);
      }
    }
  }

  async #act(
    request: ApprovalRecord,
    credentials: PersonsCredentials,
  ): Promise<void> {
    const { act, logger } = this.#options;
    try {
      await act(request, credentials);
    } catch (error) {
      logger.warn(
        `Request ${request.id} is approved and its conditions are met, but it was not carried out: ${error}`,
      );
    }
  }
}

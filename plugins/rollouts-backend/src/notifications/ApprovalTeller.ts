import type { LoggerService } from '@backstage/backend-plugin-api';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { ApprovalFacts } from '../approvals/facts/ApprovalFact';
import type { Notice } from './notices/Notice';
import { noticeOfFact } from './notices/noticeOfFact';

const PAGE = 200;
const INTERVAL_MILLISECONDS = 2_000;
/** Nothing is missed by a short interruption, and at a start the database is not open yet. */
const INTERRUPTED_MILLISECONDS = 10_000;
/** What is older is not told any more: a process that starts reads from the beginning. */
const OLDEST_MILLISECONDS = 60 * 60_000;

export interface ApprovalTellerOptions {
  facts: Pick<ApprovalFacts, 'since' | 'now'>;
  ownersOf: (entityRef: string) => readonly string[];
  /** Of the tab under an entity's page, such as `/rollouts`. */
  tabPath: string;
  tell: (notice: Notice) => Promise<unknown>;
  clock: Clock;
  logger: LoggerService;
}

/**
 * Reads what is on record about approvals, so that nothing is missed although
 * a process died; the record of notices keeps it from being told twice.
 */
export class ApprovalTeller {
  readonly #options: ApprovalTellerOptions;
  #position = 0;
  #run?: { controller: AbortController; done: Promise<void> };

  constructor(options: ApprovalTellerOptions) {
    this.#options = options;
  }

  /** Tells what has come since; returns how many facts that was. */
  async follow(): Promise<number> {
    const { facts, ownersOf, tabPath, tell } = this.#options;
    const found = await facts.since(this.#position, PAGE);
    if (found.length === 0) return 0;
    // A process whose own clock is ahead would take all of it for old.
    const oldest = (await facts.now()) - OLDEST_MILLISECONDS;
    for (const fact of found) {
      const notice =
        fact.at >= oldest
          ? noticeOfFact(fact, ownersOf(fact.entityRef), tabPath)
          : undefined;
      if (notice) {
        await tell(notice);
      }
      this.#position = fact.sequence;
    }
    return found.length;
  }

  start(): void {
    const controller = new AbortController();
    this.#run = { controller, done: this.#loop(controller.signal) };
  }

  async stop(): Promise<void> {
    this.#run?.controller.abort();
    await this.#run?.done;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#options;
    let failsSince: number | undefined;
    let isSaid = false;
    while (!signal.aborted) {
      try {
        while ((await this.follow()) === PAGE && !signal.aborted);
        if (isSaid) {
          logger.info('People are notified of approvals again.');
        }
        failsSince = undefined;
        isSaid = false;
      } catch (error) {
        failsSince ??= clock.monotonic();
        if (
          !isSaid &&
          clock.monotonic() - failsSince >= INTERRUPTED_MILLISECONDS
        ) {
          isSaid = true;
          logger.warn(
            `Nobody is notified of approvals for now, because they cannot be read: ${error}`,
          );
        }
      }
      await pause(clock, INTERVAL_MILLISECONDS, signal);
    }
  }
}

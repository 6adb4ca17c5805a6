import type { LoggerService } from '@backstage/backend-plugin-api';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { ActionOutcome } from '../database/ActionRecord';
import type { GateChange } from '../gates/ActionGate';
import type { ApproverRefs } from './people/ApproverRefs';
import type { OpenApprovals } from './OpenApprovals';
import type { PolicyRegistry } from './policy/PolicyRegistry';
import { ABANDONED_MILLISECONDS } from './store/ApprovalClaims';
import type { ApprovalRecord } from './store/ApprovalRecord';
import type { ApprovalStore } from './store/ApprovalStore';

export interface ApprovalWatchOptions {
  open: OpenApprovals;
  store: () => ApprovalStore;
  registry: Pick<PolicyRegistry, 'refresh' | 'subscribe'>;
  approvers: Pick<ApproverRefs, 'refresh'>;
  /** What became of an action, by its id; `undefined` while nobody has said. */
  outcomeOf: (actionId: string) => Promise<ActionOutcome | undefined>;
  /** Called at each turn, once the requests have been read. */
  onTurn?: () => void;
  /** Why a request is void by now. Not asked before the clusters were read. */
  moved: (request: ApprovalRecord) => string | undefined;
  clock: Clock;
  logger: LoggerService;
  /** Between two looks for what other replicas changed; default 5 s. */
  intervalMilliseconds?: number;
}

const POLICIES_EVERY = 12;

/**
 * Ends requests whose time is over or whose ground has moved, and says when a
 * lock may have changed. All replicas do so; the database lets one of them.
 */
export class ApprovalWatch {
  readonly #options: ApprovalWatchOptions;
  readonly #listeners = new Set<(change: GateChange) => void>();
  readonly #opening = new Map<string, number>();
  readonly #ending = new Set<string>();
  readonly #forget: (() => void)[] = [];
  /** By policy, what is wrong with it. */
  #told: ReadonlyMap<string, string> = new Map();
  #catalogFails = false;
  #run?: { controller: AbortController; done: Promise<void> };

  constructor(options: ApprovalWatchOptions) {
    this.#options = options;
  }

  subscribe(listener: (change: GateChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A lock opens by itself then. */
  opensAt(key: string, time: number): void {
    // The soonest of several locks: whoever looks then says when the next one does.
    this.#opening.set(key, Math.min(time, this.#opening.get(key) ?? Infinity));
  }

  /** A rollout or its entity is another than before. */
  changed(key: string): void {
    for (const request of this.#options.open.ofKey(key)) {
      void this.#endIfMoved(request);
    }
  }

  /** Entities may have changed, and so owners. */
  changedAll(): void {
    this.#options.open.all.forEach(request => void this.#endIfMoved(request));
  }

  start(): void {
    const { open, registry } = this.#options;
    this.#forget.push(
      open.subscribe(change => this.#announce(change)),
      registry.subscribe(() => {
        this.#announce('all');
        this.changedAll();
      }),
    );
    const controller = new AbortController();
    this.#run = { controller, done: this.#loop(controller.signal) };
  }

  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    this.#forget.splice(0).forEach(each => each());
    run?.controller.abort();
    await run?.done;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, open, intervalMilliseconds = 5_000 } = this.#options;
    for (let turn = 0; !signal.aborted; turn++) {
      if (turn % POLICIES_EVERY === 0 || this.#catalogFails) {
        await this.#readPolicies();
      }
      await open.reload();
      await this.#endWhatIsOver();
      this.#announceOpened();
      this.#options.onTurn?.();
      await pause(
        clock,
        open.problem === undefined ? intervalMilliseconds : 1_000,
        signal,
      );
    }
  }

  async #readPolicies(): Promise<void> {
    const { registry, approvers, logger } = this.#options;
    await registry.refresh();
    try {
      this.#tellBroken(await approvers.refresh());
      this.#catalogFails = false;
    } catch (error) {
      if (!this.#catalogFails) {
        logger.warn(
          `Whether the groups of the approval policies exist cannot be found out, because the catalog cannot be read: ${error}`,
        );
      }
      this.#catalogFails = true;
    }
  }

  /** Mistakes that only the catalog shows, each said once, as loud as at the start. */
  #tellBroken(broken: ReadonlyMap<string, string>): void {
    const { logger } = this.#options;
    for (const [name, message] of broken) {
      if (this.#told.get(name) !== message) {
        logger.error(
          `The approval policy "${name}" cannot be kept; all that it applies to stays locked: ${message}`,
        );
      }
    }
    for (const name of this.#told.keys()) {
      if (!broken.has(name)) {
        logger.info(`The approval policy "${name}" can be kept by now.`);
      }
    }
    this.#told = broken;
  }

  async #endWhatIsOver(): Promise<void> {
    const { open, store, logger } = this.#options;
    if (open.problem !== undefined || open.all.length === 0) {
      return;
    }
    let now: number;
    try {
      now = await store().now();
    } catch (error) {
      logger.warn(`Approvals cannot be ended: ${error}`);
      return;
    }
    for (const request of open.all) {
      // One that cannot be ended must not keep the others open.
      try {
        await this.#endIfOver(request, now);
      } catch (error) {
        logger.warn(`Request ${request.id} cannot be ended: ${error}`);
      }
    }
  }

  async #endIfOver(request: ApprovalRecord, now: number): Promise<void> {
    const { open, store } = this.#options;
    if (request.state === 'executing') {
      await this.#settleAbandoned(request, now);
    } else if (request.expiresAt <= now) {
      open.put((await store().expire(request.id)).request);
    } else {
      await this.#endIfMoved(request);
    }
  }

  /**
   * Whoever carried it out may have died, or the database with it: then what
   * the record of actions says holds. Where it says nothing, the approval is
   * given back, and is void if the rollout has moved on.
   */
  async #settleAbandoned(
    { execution }: ApprovalRecord,
    now: number,
  ): Promise<void> {
    const { store, open, outcomeOf } = this.#options;
    if (!execution || now - execution.claimedAt <= ABANDONED_MILLISECONDS) {
      return;
    }
    const { actionId } = execution;
    const outcome = await outcomeOf(actionId);
    const change = await store().claims.settle(
      actionId,
      outcome && 'result' in outcome
        ? { done: true, message: outcome.result.message }
        : { done: false },
    );
    if (change) {
      open.put(change.request);
    }
  }

  /** Never rejects: what goes wrong with one request is its own affair. */
  async #endIfMoved(request: ApprovalRecord): Promise<void> {
    const { store, open, moved, logger } = this.#options;
    if (request.state === 'executing' || this.#ending.has(request.id)) {
      return;
    }
    this.#ending.add(request.id);
    try {
      const reason = moved(request);
      if (reason !== undefined) {
        const { request: after } = await store().end(request.id, 'voided', {
          reason,
        });
        open.put(after);
      }
    } catch (error) {
      logger.warn(`Request ${request.id} cannot be voided: ${error}`);
    } finally {
      this.#ending.delete(request.id);
    }
  }

  #announceOpened(): void {
    const now = this.#options.clock.now();
    const keys = [...this.#opening]
      .filter(([, time]) => time <= now)
      .map(([key]) => key);
    keys.forEach(key => this.#opening.delete(key));
    if (keys.length > 0) {
      this.#announce({ keys });
    }
  }

  #announce(change: GateChange): void {
    this.#listeners.forEach(listener => listener(change));
  }
}

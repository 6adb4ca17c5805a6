import type { LoggerService } from '@backstage/backend-plugin-api';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { GateChange } from '../gates/ActionGate';
import type { ApproverRefs } from './people/ApproverRefs';
import type { OpenApprovals } from './OpenApprovals';
import type { PolicyRegistry } from './policy/PolicyRegistry';
import type { ApprovalRecord } from './store/ApprovalRecord';
import type { ApprovalStore } from './store/ApprovalStore';

export interface ApprovalWatchOptions {
  open: OpenApprovals;
  store: () => ApprovalStore;
  registry: Pick<PolicyRegistry, 'refresh' | 'subscribe'>;
  approvers: Pick<ApproverRefs, 'refresh'>;
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
    this.#opening.set(key, time);
  }

  /** A rollout or its entity is another than before. */
  changed(key: string): void {
    for (const request of this.#options.open.all) {
      const { cluster, namespace, name } = request.ref;
      if (`${cluster}/${namespace}/${name}` === key) {
        void this.#endIfMoved(request);
      }
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
      await approvers.refresh();
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

  async #endWhatIsOver(): Promise<void> {
    const { open, store, logger } = this.#options;
    if (open.problem !== undefined || open.all.length === 0) {
      return;
    }
    try {
      const now = await store().now();
      for (const request of open.all) {
        if (request.expiresAt <= now && request.state !== 'executing') {
          open.put((await store().expire(request.id)).request);
        } else {
          await this.#endIfMoved(request);
        }
      }
    } catch (error) {
      logger.warn(`Approvals cannot be ended: ${error}`);
    }
  }

  async #endIfMoved(request: ApprovalRecord): Promise<void> {
    const { store, open, moved, logger } = this.#options;
    const reason = request.state === 'executing' ? undefined : moved(request);
    if (reason === undefined || this.#ending.has(request.id)) {
      return;
    }
    this.#ending.add(request.id);
    try {
      const { request: after } = await store().end(
        request.id,
        'voided',
        ['pending', 'approved'],
        reason,
      );
      open.put(after);
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

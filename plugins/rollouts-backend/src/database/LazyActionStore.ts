import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { pause, type Clock } from '@progressive-delivery/kube';
import { ActionStore } from './ActionStore';
import type { Knex } from 'knex';
import { openDatabase } from './migrate';

/**
 * Opens the database when it is there. The portal starts, shows and can abort
 * without it; everything else that is to be on record waits for it.
 */
export class LazyActionStore {
  #store?: ActionStore;
  #knex?: Knex;
  #run?: { controller: AbortController; done: Promise<void> };

  constructor(
    private readonly options: {
      database: DatabaseService;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  get(): ActionStore | undefined {
    return this.#store;
  }

  /** The database itself, for what else is kept there. */
  get knex(): Knex | undefined {
    return this.#knex;
  }

  start(): void {
    const controller = new AbortController();
    this.#run = { controller, done: this.#open(controller.signal) };
  }

  async stop(): Promise<void> {
    this.#run?.controller.abort();
    await this.#run?.done;
  }

  /** Resolves once it is open, or given up by `stop`. */
  async opened(): Promise<void> {
    await this.#run?.done;
  }

  async #open(signal: AbortSignal): Promise<void> {
    const { database, clock, logger } = this.options;
    while (!signal.aborted) {
      try {
        this.#knex = await openDatabase(database);
        this.#store = new ActionStore(this.#knex);
        return;
      } catch (error) {
        logger.error(
          `The database is not available, so only abort can be asked for: ${error}`,
        );
        await pause(clock, 5_000, signal);
      }
    }
  }
}

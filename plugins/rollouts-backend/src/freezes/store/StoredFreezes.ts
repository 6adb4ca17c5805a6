import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { FreezeDefinition } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { FreezeCalendar } from '../windows/FreezeCalendar';
import type { FreezeWindow } from '../windows/FreezeWindow';
import { hasAnyAfter } from '../windows/occurrences';
import { readFreeze } from '../windows/readFreeze';
import type { FreezeStore, StoredFreeze } from './FreezeStore';

/** Ended windows are shown for so long. */
const SHOWN_MILLISECONDS = 400 * 24 * 60 * 60_000;

export interface StoredFreezesOptions {
  store: () => FreezeStore | undefined;
  calendar: FreezeCalendar;
  clock: Clock;
  logger: LoggerService;
  /** Between two looks for what other replicas wrote; default 5 s. */
  intervalMilliseconds?: number;
}

/** Keeps the calendar up to date with the windows of the database. */
export class StoredFreezes {
  readonly #options: StoredFreezesOptions;
  #run?: { controller: AbortController; done: Promise<void> };
  #failing = false;

  constructor(options: StoredFreezesOptions) {
    this.#options = options;
  }

  start(): void {
    const controller = new AbortController();
    this.#run = { controller, done: this.#loop(controller.signal) };
  }

  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort();
    await run?.done;
  }

  /** @throws ServiceUnavailableError when the database cannot be read now */
  async refresh(): Promise<void> {
    const { calendar, clock } = this.#options;
    const rows = await this.#withStore(store =>
      store.list(clock.now() - SHOWN_MILLISECONDS),
    );
    calendar.setStored(rows.map(row => this.#windowOf(row)));
  }

  /**
   * @throws InputError that names the field, also for a window that is over
   * @throws ConflictError when the key made another window, or another person's
   * @throws ServiceUnavailableError
   */
  async create(
    definition: FreezeDefinition,
    by: string,
    idempotencyKey: string,
  ): Promise<string> {
    const at = this.#options.clock.now();
    const freeze: StoredFreeze = {
      id: randomUUID(),
      definition,
      created: { by, at },
    };
    if (!hasAnyAfter(this.#windowOf(freeze, ''), at)) {
      throw new InputError(
        'start: the window is over already, so that nothing would be frozen; look at the year',
      );
    }
    const made = await this.#withStore(store =>
      store.create(freeze, idempotencyKey),
    );
    if (
      made.created.by !== by ||
      !isDeepStrictEqual(made.definition, freeze.definition)
    ) {
      throw new ConflictError(
        'The idempotency key belongs to another freeze window. Take a new key for each window.',
      );
    }
    await this.refresh();
    return made.id;
  }

  /**
   * @throws NotFoundError
   * @throws ConflictError when it is of the configuration, or over
   * @throws ServiceUnavailableError
   */
  async end(id: string, by: string, reason?: string): Promise<void> {
    const { calendar, clock } = this.#options;
    await this.refresh();
    const window = calendar.windows.find(each => each.id === id);
    if (!window) {
      throw new NotFoundError(`There is no freeze window "${id}".`);
    }
    if (window.source === 'config') {
      throw new ConflictError(
        `The freeze "${window.name}" is in the portal's configuration, under rollouts.freezes; take it out there.`,
      );
    }
    const at = clock.now();
    const ended = await this.#withStore(store =>
      store.end(id, { by, at, reason }),
    );
    if (!ended) {
      throw new ConflictError(
        `The freeze "${window.name}" was ended already${window.ended ? ` by ${window.ended.by}` : ''}.`,
      );
    }
    await this.refresh();
  }

  async #withStore<T>(work: (store: FreezeStore) => Promise<T>): Promise<T> {
    const store = this.#options.store();
    try {
      if (!store) {
        throw new Error('it has not been opened yet');
      }
      return await work(store);
    } catch (error) {
      throw new ServiceUnavailableError(
        'Freeze windows cannot be read or written now, because the database is not available.',
        error,
      );
    }
  }

  #windowOf(
    { id, definition, created, ended }: StoredFreeze,
    path: string = `freeze ${id}`,
  ): FreezeWindow {
    return {
      ...readFreeze(definition, path),
      id,
      source: 'api',
      created,
      ended,
    };
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, intervalMilliseconds = 5_000, logger } = this.#options;
    while (!signal.aborted) {
      if (!this.#options.store()) {
        // At the start: who opens it says so if that fails.
        await pause(clock, 500, signal);
        continue;
      }
      try {
        await this.refresh();
        this.#failing = false;
      } catch (error) {
        // Said once: what is known stays, and actions ask again themselves.
        if (!this.#failing) {
          logger.warn(`Freeze windows stay as they are known: ${error}`);
        }
        this.#failing = true;
      }
      await pause(clock, intervalMilliseconds, signal);
    }
  }
}

import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { type Clock, pause } from '@progressive-delivery/kube';
import {
  KUBERNETES_ID,
  KUBERNETES_LABEL_SELECTOR,
  selectionOf,
  type EntitySelection,
} from './EntitySelection';

export interface CatalogFollowerOptions {
  catalog: Pick<CatalogService, 'getEntities' | 'getEntityByRef'>;
  auth: AuthService;
  logger: LoggerService;
  clock: Clock;
  /** Between two looks at the catalog; default 10 s. */
  intervalMilliseconds?: number;
  onSelections: (selections: EntitySelection[]) => void;
}

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'metadata.labels',
  'relations',
  'spec.type',
  'spec.lifecycle',
];

/** The least time between two looks for an entity that is not known, in milliseconds. */
const LOOK_AGAIN_MILLISECONDS = 1_000;

/** Follows the catalog's entities that name rollouts. */
export class CatalogFollower {
  readonly #options: CatalogFollowerOptions;
  #run?: { controller: AbortController; done: Promise<void> };
  #failing = false;
  #last?: { begunAt: number; done: Promise<void> };

  constructor(options: CatalogFollowerOptions) {
    this.#options = options;
  }

  start(): void {
    if (!this.#run) {
      const controller = new AbortController();
      this.#run = { controller, done: this.#loop(controller.signal) };
    }
  }

  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort();
    await run?.done;
  }

  refresh(): Promise<void> {
    const begunAt = this.#options.clock.monotonic();
    const done = this.#read();
    this.#last = { begunAt, done };
    return done;
  }

  /**
   * For an entity that is not known: it may have been registered a moment ago.
   * Most name no rollouts, which its own entry tells; all are read only for one
   * that does, and at most once a second however many ask.
   */
  async lookFor(entityRef: string): Promise<void> {
    const { catalog, auth, clock, logger } = this.#options;
    let entity: Entity | undefined;
    try {
      entity = await catalog.getEntityByRef(entityRef, {
        credentials: await auth.getOwnServiceCredentials(),
      });
    } catch (error) {
      logger.debug(`${entityRef} cannot be looked for: ${error}`);
    }
    if (!entity || !selectionOf(entity)) {
      return;
    }
    const { begunAt, done } = this.#last ?? {};
    if (
      begunAt !== undefined &&
      clock.monotonic() - begunAt < LOOK_AGAIN_MILLISECONDS
    ) {
      await done;
    } else {
      await this.refresh();
    }
  }

  async #read(): Promise<void> {
    const { catalog, auth, logger, onSelections } = this.#options;
    try {
      const { items } = await catalog.getEntities(
        {
          filter: [KUBERNETES_ID, KUBERNETES_LABEL_SELECTOR].map(name => ({
            [`metadata.annotations.${name}`]: CATALOG_FILTER_EXISTS,
          })),
          fields: FIELDS,
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      this.#failing = false;
      onSelections(items.flatMap(entity => selectionOf(entity) ?? []));
    } catch (error) {
      // What is known stays; said once, not every few seconds.
      if (!this.#failing) {
        logger.warn(
          `Rollouts stay with the catalog entities known so far, because the catalog cannot be read: ${error}`,
        );
      }
      this.#failing = true;
    }
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, intervalMilliseconds = 10_000 } = this.#options;
    while (!signal.aborted) {
      await this.refresh();
      // At the start the catalog may still be reading its files.
      await pause(clock, this.#failing ? 1_000 : intervalMilliseconds, signal);
    }
  }
}

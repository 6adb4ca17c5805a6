import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import { databaseNow } from '../store/databaseNow';
import { removeEnded } from './removeEnded';

export interface ApprovalRetentionOptions {
  /** How long a request is kept after its end; `undefined`: for ever. */
  keepMilliseconds?: number;
  database: () => Knex | undefined;
  /** How far who must not miss a fact has read; `undefined` where nobody does. */
  read: () => Promise<number | undefined>;
  logger: LoggerService;
  /** The database's clock, unless a test has its own. */
  now?: (knex: Knex) => Promise<number>;
}

/** Lets requests for approval go as long after their end as releases do. */
export class ApprovalRetention {
  constructor(private readonly options: ApprovalRetentionOptions) {}

  /** @throws ServiceUnavailableError while the database is not open */
  async removeOld(): Promise<void> {
    const { keepMilliseconds, database, read, logger } = this.options;
    if (keepMilliseconds === undefined) {
      return;
    }
    const knex = database();
    if (!knex) {
      throw new ServiceUnavailableError(
        'Old requests for approval cannot be removed: the database is not available.',
      );
    }
    const now = await (this.options.now ?? databaseNow)(knex);
    const { requests, facts } = await removeEnded(
      knex,
      now - keepMilliseconds,
      await read(),
    );
    logger.info(
      `Retention removed ${requests} requests for approval with ${facts} facts.`,
    );
  }
}

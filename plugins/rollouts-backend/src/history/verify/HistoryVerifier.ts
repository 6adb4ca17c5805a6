import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  historyVerifyPermission,
  type HistoryVerification,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Knex } from 'knex';
import { nextRange, verifyRange } from './verifyRange';

/** Entries of one answer: a fraction of a second. */
const AT_ONCE = 5_000;
const MOST_PROBLEMS = 100;

/**
 * Verifies the history for who may ask for it, some chains with each call, so
 * that no call takes long and whoever asks sees how far it is.
 */
export class HistoryVerifier {
  #busy = false;

  constructor(
    private readonly options: {
      permissions: PermissionsService;
      database: () => Knex | undefined;
      atOnce?: number;
    },
  ) {}

  /**
   * @param after - `next` of the answer before
   * @throws NotAllowedError
   * @throws ConflictError while another one goes on in this process
   * @throws ServiceUnavailableError
   */
  async verify(
    credentials: BackstageCredentials,
    after: string | undefined,
  ): Promise<HistoryVerification> {
    const { permissions, database, atOnce = AT_ONCE } = this.options;
    const [decision] = await permissions.authorize(
      [{ permission: historyVerifyPermission }],
      { credentials },
    );
    if (decision?.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not verify the history. Ask the portal's operator for the permission ${historyVerifyPermission.name}.`,
      );
    }
    const knex = database();
    if (!knex) {
      throw new ServiceUnavailableError(
        'The history cannot be verified: the database is not available.',
      );
    }
    if (this.#busy) {
      throw new ConflictError(
        'The history is being verified for somebody else. Try again in a moment.',
      );
    }
    this.#busy = true;
    try {
      const range = await nextRange(knex, after, atOnce);
      const { heads, problems, ...counts } = await verifyRange(knex, range);
      return {
        ...counts,
        problemCount: problems.length,
        problems: problems.slice(0, MOST_PROBLEMS),
        ends: heads,
        next: range.upTo,
      };
    } finally {
      this.#busy = false;
    }
  }
}

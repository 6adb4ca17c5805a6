import { DatabaseManager } from '@backstage/backend-defaults/database';
import type {
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConfigSources } from '@backstage/config-loader';
import type { Knex } from 'knex';
import { ENTRIES } from '../history/store/rows';

/** The database cannot be read; the message says what to do. */
export class HistoryUnavailableError extends Error {
  readonly name = 'HistoryUnavailableError';
}

const QUIET: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info() {},
  debug() {},
  child: () => QUIET,
};

/**
 * The plugin's database by the portal's own configuration, without the
 * backend: what is verified is what lies there, not what a running process
 * says about it.
 *
 * @throws HistoryUnavailableError
 */
export async function openHistory(
  configs: string[],
): Promise<{ knex: Knex; close: () => Promise<void> }> {
  const config = await ConfigSources.toConfig(
    ConfigSources.default({
      argv: configs.flatMap(file => ['--config', file]),
      watch: false,
    }),
  ).catch(error => {
    throw new HistoryUnavailableError(
      `The configuration cannot be read: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  });
  if (config.getOptional('backend.database.connection') === ':memory:') {
    config.close();
    throw new HistoryUnavailableError(
      'backend.database keeps everything in the memory of the backend, where no other process can look. Pass the configuration of a portal with a database of its own, such as --config app-config.yaml --config .local/app-config.local.yaml.',
    );
  }
  const hooks: (() => void | Promise<void>)[] = [];
  const lifecycle: LifecycleService = {
    addStartupHook() {},
    addShutdownHook: hook => hooks.push(hook),
  };
  const close = async () => {
    config.close();
    for (const hook of hooks) {
      await hook();
    }
  };
  try {
    const knex = await DatabaseManager.fromConfig(config)
      .forPlugin('rollouts', { logger: QUIET, lifecycle })
      .getClient();
    if (!(await knex.schema.hasTable(ENTRIES))) {
      await knex.destroy();
      throw new HistoryUnavailableError(
        'This database has no history. Start the portal once, or pass the --config files that it is started with.',
      );
    }
    return {
      knex,
      close: async () => {
        await close();
        await knex.destroy();
      },
    };
  } catch (error) {
    await close();
    throw error instanceof HistoryUnavailableError
      ? error
      : new HistoryUnavailableError(
          `The database cannot be opened: ${error instanceof Error ? error.message : error}`,
          { cause: error },
        );
  }
}

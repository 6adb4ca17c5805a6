import { parseArgs } from 'node:util';

/** The command line cannot be understood; the message says what to write. */
export class UsageError extends Error {
  readonly name = 'UsageError';
}

export const HISTORY_USAGE = `Usage: yarn history verify [options]

Reads the history of releases in the portal's database and checks that no entry
was changed, removed or put in between. Changes nothing. Exits with 0 when all
is well, 1 when something is not, 2 when it could not be asked.

  --config FILE           the portal's configuration, for the address of its
                          database; may be given several times, as for the
                          backend (default: app-config.yaml and
                          app-config.local.yaml)
  --write-checkpoint FILE write down where each chain ends now. Keep the file
                          elsewhere: whoever can change the database can make
                          all of the chains anew, and only a checkpoint shows it
  --checkpoint FILE       check that what this checkpoint saw is still there
  --json                  print the result as JSON
`;

export type HistoryArguments =
  | { help: true }
  | {
      help: false;
      configs: string[];
      checkpoint?: string;
      writeCheckpoint?: string;
      json: boolean;
    };

/** @throws UsageError */
export function parseHistoryArguments(args: string[]): HistoryArguments {
  const { values, positionals } = parse(args);
  if (values.help || args.length === 0) {
    return { help: true };
  }
  const [command, ...rest] = positionals;
  if (command !== 'verify' || rest.length > 0) {
    throw new UsageError(
      command === undefined
        ? 'a command is missing: yarn history verify'
        : `"${positionals.join(' ')}" is no command; there is: verify`,
    );
  }
  return {
    help: false,
    configs: values.config ?? [],
    checkpoint: values.checkpoint,
    writeCheckpoint: values['write-checkpoint'],
    json: values.json ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        config: { type: 'string', multiple: true },
        checkpoint: { type: 'string' },
        'write-checkpoint': { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? error.message : String(error),
    );
  }
}

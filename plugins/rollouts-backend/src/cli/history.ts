import { verifyChains } from '../history/verify/verifyChains';
import type { Verification } from '../history/verify/verifyRange';
import { readCheckpoints, writeCheckpoints } from './checkpoints';
import {
  HISTORY_USAGE,
  UsageError,
  parseHistoryArguments,
} from './historyArguments';
import { HistoryUnavailableError, openHistory } from './openHistory';

const MOST_SHOWN = 50;

async function main(args: string[]): Promise<number> {
  const parsed = parseHistoryArguments(args);
  if (parsed.help) {
    process.stdout.write(HISTORY_USAGE);
    return 0;
  }
  const { configs, checkpoint, writeCheckpoint, json } = parsed;
  const checkpoints = checkpoint ? readCheckpoints(checkpoint) : [];
  const { knex, close } = await openHistory(configs);
  try {
    const verification = await verifyChains(knex, checkpoints);
    const { heads, ...result } = verification;
    process.stdout.write(
      json ? `${JSON.stringify(result, undefined, 2)}\n` : textOf(verification),
    );
    const sound = verification.problems.length === 0;
    if (writeCheckpoint && sound) {
      writeCheckpoints(writeCheckpoint, heads);
    }
    return sound ? 0 : 1;
  } finally {
    await close();
  }
}

function textOf({ streams, entries, cut, problems }: Verification): string {
  const summary = `${entries} entries in the chains of ${streams} rollouts, ${cut} of them cut by retention`;
  return problems.length === 0
    ? `${summary}: every entry follows from the one before it.\n`
    : `${problems
        .slice(0, MOST_SHOWN)
        .map(({ stream, seq, message }) => `${stream} entry ${seq}: ${message}`)
        .join(
          '\n',
        )}\n${summary}: ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}.\n`;
}

// Backstage's database manager keeps a timer for each connection, which would
// keep the process for ever: it is ended, not waited for.
main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    process.stderr.write(
      `history: ${error instanceof Error ? error.message : error}\n`,
    );
    if (error instanceof UsageError) {
      process.stderr.write('See yarn history --help.\n');
    } else if (!(error instanceof HistoryUnavailableError)) {
      process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
    }
    process.exit(2);
  },
);

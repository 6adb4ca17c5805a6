import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureCard } from './card/measureCard';
import { measureColdIndex } from './coldIndex/measureColdIndex';
import {
  DELIVERY_HELP,
  readDeliveryArguments,
} from './delivery/deliveryArguments';
import { measureDelivery } from './delivery/measureDelivery';
import { measureHistory } from './history/measureHistory';
import { measureFleet } from './fleet/measureFleet';
import { measureFreezes } from './freezes/measureFreezes';
import { measureLint } from './lint/measureLint';
import { measureSimulation } from './simulation/measureSimulation';
import { measureStream } from './stream/measureStream';
import { measureTyping } from './typing/measureTyping';
import { measureVotes } from './votes/measureVotes';
import { type Measurement, table, verdict } from './measurement';

/** @param options - what follows the names; only `delivery` has some */
const MEASURES: Record<string, (options: string[]) => Promise<Measurement[]>> =
  {
    stream: measureStream,
    card: measureCard,
    simulation: measureSimulation,
    typing: measureTyping,
    lint: measureLint,
    freezes: measureFreezes,
    votes: measureVotes,
    history: measureHistory,
    'cold-index-1000': () => measureColdIndex(1000),
    'cold-index-10000': () => measureColdIndex(10_000),
    fleet: measureFleet,
    delivery: options => measureDelivery(readDeliveryArguments(options)),
  };

const HELP = `Usage: yarn bench [MEASUREMENT…]
       yarn bench delivery [OPTION…]

Prints a table and writes .cache/bench.json. Without a name, all of them:

  stream            from a change in the cluster to a viewer's stream, and the
                    calls to the API server that viewers cause
  card              what the card weighs, gzipped
  simulation        the whole future of a canary with 8 steps
  typing            lint, simulation and picture after a key, in Node.js and in
                    a browser
  lint              1 000 manifests
  freezes           100 freeze windows: of a fleet, and the calendar
  votes             1 000 votes on one request at the same time
  history           reads of 10 000 rollouts with 100 000 history entries, and
                    what recording a change costs
  cold-index-1000   index of 1 000 rollouts: time, memory, longest block
  cold-index-10000  the same for 10 000
  fleet             10 000 rollouts: the fleet's API, and its page in a browser;
                    CHROMIUM names one that is not in /usr/bin
  delivery          the delivery controller beside Argo Rollouts, on the same
                    Kubernetes control plane; needs Go

${DELIVERY_HELP}`;

/** `yarn bench [NAME…]`: all measurements, or those named. */
async function main(args: string[]) {
  const first = args.findIndex(arg => arg.startsWith('-'));
  const names = first < 0 ? args : args.slice(0, first);
  const options = first < 0 ? [] : args.slice(first);
  if (options.some(name => name === '--help' || name === '-h')) {
    console.log(HELP);
    return;
  }
  const unknown = names.filter(name => !(name in MEASURES));
  if (unknown.length > 0) {
    throw new Error(
      `No measurement ${unknown.join(', ')}. There are: ${Object.keys(MEASURES).join(', ')}`,
    );
  }
  if (options.length > 0 && !(names.length === 1 && names[0] === 'delivery')) {
    throw new Error(
      `${options[0]} is for yarn bench delivery alone: yarn bench --help`,
    );
  }
  // Before anything is measured: what is wrong with them is said at once.
  readDeliveryArguments(options);
  const measurements: Measurement[] = [];
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`measuring ${name} …`);
    measurements.push(...(await measure(options)));
  }
  console.log(`\n${table(measurements)}`);
  const cache = join(__dirname, '../../../.cache');
  mkdirSync(cache, { recursive: true });
  writeFileSync(
    join(cache, 'bench.json'),
    `${JSON.stringify(
      {
        at: new Date().toISOString(),
        node: process.version,
        processors: cpus().length,
        measurements: measurements.map(measurement => ({
          ...measurement,
          verdict: verdict(measurement) || undefined,
        })),
      },
      undefined,
      2,
    )}\n`,
  );
}

main(process.argv.slice(2)).catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

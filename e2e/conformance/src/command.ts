import { parseArgs } from 'node:util';
import { VERSIONS } from './bed/versions';
import { COLUMNS, type Column } from './play/runScenarios';

const PARTS = {
  actions: 'each action beside what the reference’s CLI produces',
  admission: 'what kubectl and the reference’s CLI may do to guarded rollouts',
  demo: 'the demo, the reference’s controller beside ours',
  'local-cluster': 'kubectl and all of the reference on the local cluster',
  browser: 'the portal in a browser, with the reference in charge',
  scenarios: 'ours in every scenario, beside what the reference did',
  handover: 'one controller takes over from the other in mid-step',
  ghost: 'rollouts that are deleted while they are written stay gone',
} as const;

type Part = keyof typeof PARTS | 'record' | 'generated';

/** What is to be run. */
export interface Command {
  help: boolean;
  parts: Part[];
  /** Scenarios or themes; all when empty. */
  names: string[];
  tenth: boolean;
  /** The commit that chooses the tenth; the one that is checked out when left out. */
  commit?: string;
  fresh: boolean;
  /** Record only what was not recorded yet. */
  missing: boolean;
  columns: Column[];
  /** How many generated rollouts, and from which seed. */
  random: number;
  seed: number;
  /** The number of the only one to be played. */
  only?: number;
  /** Which kubectl the local cluster is given; the control plane's own when left out. */
  kubectl?: string;
  /** Minutes of churn on the local cluster; its usual few when left out. */
  churn?: number;
}

export const HELP = `Usage: yarn conformance [PART…] [--tenth]
       yarn conformance scenarios [NAME…] [--tenth] [--fresh] [--column C]…
       yarn conformance record [NAME…] [--missing]
       yarn conformance local-cluster [--kubectl VERSION] [--churn MINUTES]
       yarn conformance handover [killed/NAME…]
       yarn conformance --random N [--seed S] [--only I]

Holds this project beside Argo Rollouts ${VERSIONS.argoRollouts} on Kubernetes ${VERSIONS.kubernetes}. Needs Go.
Without a part, all of them:

${Object.entries(PARTS)
  .map(([name, what]) => `  ${name.padEnd(15)}${what}`)
  .join('\n')}

  record     plays the reference and writes down what it does
  NAME       a scenario, or a theme such as canary; all when left out
  --tenth    a tenth of the scenarios, chosen by the commit
  --commit   chooses the tenth as that commit does; any text will do
  --fresh    plays the reference now instead of reading what was recorded
  --random   N generated rollouts, played by both; --seed makes the same again
  --only     the one of them that was told as that number
  --missing  records only what was not recorded yet
  --kubectl  only this client for the local cluster, built if it is not there:
             ${VERSIONS.kubectl.join(', ')}; without it the control plane's
             own, and those of them that are built
  --churn    minutes of churn on the local cluster, such as 60
  --column   ${COLUMNS.join(', ')}; the first two when left out
`;

/** @throws Error that says what there is. */
export function readCommand(args: string[]): Command {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      tenth: { type: 'boolean', default: false },
      commit: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      missing: { type: 'boolean', default: false },
      random: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      kubectl: { type: 'string' },
      churn: { type: 'string' },
      column: { type: 'string', multiple: true, default: ['real', 'local'] },
    },
  });
  const { help, tenth, commit, fresh, missing } = values;
  const columns = values.column.map(columnOf);
  const random = numberOf('--random', values.random ?? '0');
  const seed = numberOf('--seed', values.seed ?? `${Date.now() % 1_000_000}`);
  const only =
    values.only === undefined ? undefined : numberOf('--only', values.only);
  const rest = {
    ...{ help, tenth, commit, fresh, missing, columns },
    ...{ random, seed, only, kubectl: kubectlOf(values.kubectl) },
    churn:
      values.churn === undefined
        ? undefined
        : numberOf('--churn', values.churn),
  };
  const [first, ...names] = positionals;
  if (first === 'record' || first === 'scenarios') {
    return { ...rest, parts: [first], names };
  }
  const isRestart = names.length > 0 && names[0]!.startsWith('killed/');
  if (first === 'handover' && isRestart) {
    return { ...rest, parts: [first], names };
  }
  if (random > 0 && first === undefined) {
    return { ...rest, parts: ['generated'], names: [] };
  }
  const parts = positionals.length > 0 ? positionals : Object.keys(PARTS);
  const unknown = parts.filter(part => !(part in PARTS));
  if (unknown.length > 0) {
    throw new Error(
      `No part ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}, record`,
    );
  }
  return { ...rest, parts: parts as Part[], names: [] };
}

function kubectlOf(version?: string): string | undefined {
  const known: readonly string[] = VERSIONS.kubectl;
  if (version === undefined || known.includes(version)) return version;
  throw new Error(`No kubectl ${version}. There are: ${known.join(', ')}`);
}

function columnOf(name: string): Column {
  const column = COLUMNS.find(known => known === name);
  if (column) return column;
  throw new Error(`No column ${name}. There are: ${COLUMNS.join(', ')}`);
}

function numberOf(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`${option} must be a whole number, not "${text}"`);
}

import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Assumptions } from '../simulate/assumptions/assumptions';
import {
  readDuration,
  readFailingPods,
  readHold,
  readMetric,
  readPromoteAfter,
  readScaling,
  readWhole,
} from '../simulate/assumptions/readAssumptions';
import { parseSeverity, type Severities, type Severity } from '../lint';
import { UsageError } from './arguments';

/** What `yarn rollouts` was asked for. */
export type RolloutsArguments =
  | { command: 'help' }
  | {
      command: 'lint';
      files: string[];
      output: 'text' | 'json' | 'sarif';
      /** By rule; they count more than those of `config`. */
      severities: Severities;
      /** A file with severities. */
      config?: string;
      /** What makes the exit code 1. */
      failOn: Severity;
    }
  | {
      command: 'simulate';
      files: string[];
      output: 'text' | 'json' | 'svg';
      /** Name of the only rollout that is meant. */
      rollout?: string;
      /** A file with assumptions; flags count more. */
      assume?: string;
      assumptions: Assumptions;
    };

export const ROLLOUTS_USAGE = `Usage: yarn rollouts simulate FILE… [options]
       yarn rollouts admission-policy [--help]
       yarn rollouts lint FILE… [options]

FILE has Kubernetes objects in YAML or JSON; - is the standard input.

simulate computes what the delivery controller would do with a new version of
each Rollout in the files. What a Rollout names and the files lack (services,
routes, analysis templates) is made up, and the output says so.

  --output text|json|svg   default: text
  --rollout NAME           only this Rollout
  --assume FILE            assumptions in YAML, see docs/simulate.md
  --pod-start TIME         from a pod's creation until it is ready (5s)
  --min-ready-seconds N    instead of the rollout's own
  --replicas N             instead of the rollout's own
  --failing-pods N|all     pods of the new version that never become ready
  --metric NAME=V[,V@TIME] what a metric says, and from when: numbers, nan,
                           successful, failed, error, inconclusive
  --at-step-fail N         what is measured from step N on fails; where nothing
                           is measured, somebody aborts at step N
  --promote-after TIME     somebody promotes so long after a pause without an
                           end began, or never (1m)
  --abort-at-step N        somebody aborts at step N
  --scale N@TIME           somebody changes the replicas
  --freeze NAME=FROM..UNTIL
                           a freeze window that holds what goes on by itself

lint says what the controller would refuse, and what it would accept and
somebody would regret, in all files together: docs/lint.md lists the rules. FILE
may be a directory.

  --output text|json|sarif default: text
  --severity RULE=LEVEL    error, warning, info or off; may be repeated
  --config FILE            the same in YAML, see docs/lint.md
  --fail-on LEVEL          what makes the exit code 1 (error)

Exit codes: 0 all is well, 1 something is wrong with the manifests, 2 the command
is wrong.
`;

const OPTIONS = {
  output: { type: 'string' },
  rollout: { type: 'string' },
  assume: { type: 'string' },
  'pod-start': { type: 'string' },
  'min-ready-seconds': { type: 'string' },
  replicas: { type: 'string' },
  'failing-pods': { type: 'string' },
  metric: { type: 'string', multiple: true },
  'at-step-fail': { type: 'string' },
  'promote-after': { type: 'string' },
  'abort-at-step': { type: 'string' },
  scale: { type: 'string', multiple: true },
  severity: { type: 'string', multiple: true },
  config: { type: 'string' },
  'fail-on': { type: 'string' },
  freeze: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

function read(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? error.message.split('\n')[0] : String(error),
    );
  }
}

function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly [T, ...T[]],
): T {
  const found = allowed.find(each => each === (value ?? allowed[0]));
  if (found === undefined) {
    throw new UsageError(
      `${option} must be ${allowed.join(', ')}, not "${value}"`,
    );
  }
  return found;
}

type Values = ReturnType<typeof read>['values'];

function assumptionsOf(values: Values): Assumptions {
  const field = <T>(
    name: keyof Values,
    to: keyof Assumptions,
    reader: (name: string, value: unknown) => T,
  ) =>
    values[name] === undefined
      ? {}
      : { [to]: reader(`--${name}`, values[name]) };
  const whole = (least: number) => (name: string, value: unknown) =>
    readWhole(name, value, least);
  return {
    ...field('pod-start', 'podStart', readDuration),
    ...field('min-ready-seconds', 'minReadySeconds', whole(0)),
    ...field('replicas', 'replicas', whole(0)),
    ...field('failing-pods', 'failingPods', readFailingPods),
    ...field('at-step-fail', 'failAtStep', whole(1)),
    ...field('promote-after', 'promoteAfter', readPromoteAfter),
    ...field('abort-at-step', 'abortAtStep', whole(1)),
    ...(values.metric
      ? { metrics: Object.fromEntries(values.metric.map(readMetric)) }
      : {}),
    ...(values.scale ? { scale: values.scale.map(readScaling) } : {}),
    ...(values.freeze ? { holds: values.freeze.map(readHold) } : {}),
  };
}

const LINT_OPTIONS = ['output', 'severity', 'config', 'fail-on'];

/** @throws UsageError, LintSettingError, UnreadableAssumptionError */
export function parseRolloutsArguments(argv: string[]): RolloutsArguments {
  const { values, positionals } = read(argv);
  const [command, ...files] = positionals;
  if (values.help || command === undefined) return { command: 'help' };
  if (command !== 'simulate' && command !== 'lint') {
    throw new UsageError(
      `there is no command "${command}"; there are simulate, lint and admission-policy`,
    );
  }
  if (!files.length) throw new UsageError(`${command} needs a FILE, or -`);
  const stray = Object.keys(values).find(key =>
    command === 'lint'
      ? !LINT_OPTIONS.includes(key)
      : key !== 'output' && LINT_OPTIONS.includes(key),
  );
  if (stray) throw new UsageError(`${command} has no option --${stray}`);
  if (command === 'lint') {
    return {
      command,
      files,
      output: oneOf('--output', values.output, ['text', 'json', 'sarif']),
      severities: Object.fromEntries(
        (values.severity ?? []).map(each => parseSeverity('--severity', each)),
      ),
      config: values.config,
      failOn: oneOf('--fail-on', values['fail-on'], [
        'error',
        'warning',
        'info',
      ]),
    };
  }
  return {
    command,
    files,
    output: oneOf('--output', values.output, ['text', 'json', 'svg']),
    rollout: values.rollout,
    assume: values.assume,
    assumptions: assumptionsOf(values),
  };
}

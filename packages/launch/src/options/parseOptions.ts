import { parseArgs } from 'node:util';
import { EXIT, StartProblem } from '../StartProblem';

/** What `bin/start` was asked for. */
export interface StartOptions {
  /** 0 takes any free port. */
  port: number;
  kubeconfig?: string;
  context?: string;
  demo: boolean;
  reset: boolean;
  dev: boolean;
  /** Where the state is kept, when not in `.local`. */
  state?: string;
}

export type Command =
  { kind: 'help' } | { kind: 'start'; options: StartOptions };

export const DEFAULT_PORT = 7007;

/** @throws StartProblem naming the option that is wrong. */
export function parseOptions(args: string[]): Command {
  const { values } = parse(args);
  if (values.help) {
    return { kind: 'help' };
  }
  if (values.context !== undefined && values.kubeconfig === undefined) {
    throw usage('--context chooses a context of --kubeconfig FILE: give both.');
  }
  return {
    kind: 'start',
    options: {
      port: readPort(values.port),
      kubeconfig: values.kubeconfig,
      context: values.context,
      demo: !values['no-demo'],
      reset: values.reset ?? false,
      dev: values.dev ?? false,
      state: values.state,
    },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        'no-demo': { type: 'boolean' },
        reset: { type: 'boolean' },
        dev: { type: 'boolean' },
        state: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined) {
    return DEFAULT_PORT;
  }
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw usage(`--port takes a number from 0 to 65535, not "${text}".`);
  }
  return port;
}

function usage(message: string): StartProblem {
  return new StartProblem(
    `${message}\nbin/start --help lists the options.`,
    EXIT.usage,
  );
}

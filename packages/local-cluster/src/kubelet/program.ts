/** What a container does once it is started. */
export type Program =
  | { kind: 'serves' }
  | { kind: 'exits'; afterMs: number; code: number }
  /** The runtime cannot start it: no such executable. */
  | { kind: 'startError'; message: string };

export interface ContainerCommand {
  image?: string;
  command?: string[];
  args?: string[];
}

/** Programs that run until they are stopped, by the last part of their path. */
const LONG_RUNNING = new Set([
  'apachectl',
  'caddy',
  'deno',
  'dotnet',
  'envoy',
  'gunicorn',
  'httpd',
  'java',
  'nginx',
  'node',
  'npm',
  'pause',
  'php-fpm',
  'python',
  'python3',
  'redis-server',
  'rollouts-demo',
  'ruby',
  'tail',
  'tini',
  'uvicorn',
]);
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash']);
/** Images whose own entry point ends at once. */
const SHORT_IMAGES = /(^|\/)(busybox|alpine|hello-world)(:|@|$)/;

/**
 * Reads a container's command as far as demos and Jobs use it: `sleep N`,
 * `true`, `false`, `echo`, `sh -c "…"` of those joined by `&&`, `||`, `;`,
 * and well-known servers. Anything else does not exist in this world.
 * Without a command the image's own entry point serves.
 */
export function programOf(container: ContainerCommand): Program {
  const short = SHORT_IMAGES.test(container.image ?? '');
  const argv = argvOf(container, short);
  if (argv.length === 0) {
    return short ? { kind: 'exits', afterMs: 0, code: 0 } : { kind: 'serves' };
  }
  const name = argv[0]!.split('/').at(-1)!;
  if (SHELLS.has(name)) {
    const script = argv[argv.indexOf('-c') + 1];
    if (!argv.includes('-c') || script === undefined) {
      return { kind: 'exits', afterMs: 0, code: 0 };
    }
    return runScript(script);
  }
  const run = runCommand(argv);
  if (run) return run;
  return {
    kind: 'startError',
    message: `failed to create containerd task: failed to create shim task: OCI runtime create failed: exec: "${argv[0]}": executable file not found in $PATH`,
  };
}

function argvOf(
  { command = [], args = [] }: ContainerCommand,
  short: boolean,
): string[] {
  if (command.length > 0) return [...command, ...args];
  // Only where the entry point is known are arguments alone a command.
  return short ? args : [];
}

function runCommand(argv: string[]): Program | undefined {
  const name = argv[0]!.split('/').at(-1)!;
  if (name === 'sleep') {
    const seconds = argv.slice(1).reduce((sum, arg) => sum + duration(arg), 0);
    if (Number.isNaN(seconds)) return { kind: 'exits', afterMs: 0, code: 1 };
    return Number.isFinite(seconds)
      ? { kind: 'exits', afterMs: seconds * 1000, code: 0 }
      : { kind: 'serves' };
  }
  if (name === 'true' || name === 'echo' || name === 'printf') {
    return { kind: 'exits', afterMs: 0, code: 0 };
  }
  if (name === 'false') return { kind: 'exits', afterMs: 0, code: 1 };
  return LONG_RUNNING.has(name) ? { kind: 'serves' } : undefined;
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of `5`, `0.5`, `2m`, `infinity`. NaN for anything else. */
function duration(text: string): number {
  if (text === 'infinity' || text === 'inf') return Infinity;
  const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * SECONDS[match[2] || 's']! : NaN;
}

function runScript(script: string): Program {
  if (/\bwhile\s+(true|:)\b/.test(script)) return { kind: 'serves' };
  let afterMs = 0;
  let code = 0;
  let joint = ';';
  for (const part of script.split(/(&&|\|\||;|\n)/)) {
    const text = part.trim();
    if (['&&', '||', ';', ''].includes(text)) {
      joint = text || joint;
      continue;
    }
    const skipped = joint === '&&' ? code !== 0 : joint === '||' && code === 0;
    joint = ';';
    if (skipped) continue;
    const argv = text
      .replace(/[<>]+\s*\S+/g, '')
      .split(/\s+/)
      .map(unquote);
    if (argv[0] === 'exit') {
      code = Number(argv[1] ?? code);
      return { kind: 'exits', afterMs, code };
    }
    if (argv[0] === 'set' || argv[0] === 'trap') continue;
    const run = runCommand(argv[0] === 'exec' ? argv.slice(1) : argv);
    if (run?.kind === 'serves') return run;
    if (run?.kind === 'exits') {
      afterMs += run.afterMs;
      code = run.code;
    } else {
      code = 127; // What a shell answers for a command that is not there.
    }
  }
  return { kind: 'exits', afterMs, code };
}

function unquote(word: string) {
  return word.replace(/^['"]|['"]$/g, '');
}

import { earliest } from '../controllers/objects/earliest';
import { timestamp } from '../controllers/objects/time';
import { ContainerCommand, Program, programOf } from './program';

/** The parts of a container's spec that its life depends on. */
export interface ContainerSpec extends ContainerCommand {
  name: string;
  lifecycle?: {
    postStart?: Hook;
    preStop?: Hook;
  };
  readinessProbe?: Probe;
  startupProbe?: Probe;
}

export interface Hook {
  sleep?: { seconds?: number };
  exec?: { command?: string[] };
}

interface Probe {
  initialDelaySeconds?: number;
  exec?: { command?: string[] };
}

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

/** How a container stands at one moment. */
export interface ContainerMoment {
  /** Its entry in `containerStatuses`. */
  status: Record<string, unknown>;
  ready: boolean;
  /** Since when it is ready. Milliseconds since the epoch. */
  readySince?: number;
  phase: 'waiting' | 'running' | 'succeeded' | 'failed';
  /** When it changes next by itself. */
  changesAt?: number;
}

const FIRST_BACKOFF_MS = 10_000;
const LONGEST_BACKOFF_MS = 300_000;
/** A run of this length makes the back-off start anew. */
const FORGIVEN_AFTER_MS = 600_000;

/** An image that no registry has: tag `unpullable`, or a name that begins so. */
export function isUnpullable(image: string): boolean {
  const name = image.split('@')[0]!;
  return (
    name.endsWith(':unpullable') ||
    name.startsWith('nonexistent') ||
    name.split('/').at(-1)!.startsWith('nonexistent')
  );
}

/**
 * What a container that is started at `startsAt` is doing at `now`. A closed
 * form: the same answer after a restart of the kubelet, with nothing to
 * remember.
 */
export function containerAt(
  spec: ContainerSpec,
  podUid: string,
  restartPolicy: RestartPolicy,
  startsAt: number,
  now: number,
): ContainerMoment {
  const image = spec.image ?? '';
  const base = { name: spec.name, image, imageID: '' };
  const waiting = (reason: string, message?: string, changesAt?: number) => ({
    status: {
      ...base,
      state: { waiting: { reason, ...(message && { message }) } },
      lastState: {},
      ready: false,
      started: false,
      restartCount: 0,
    },
    ready: false,
    phase: 'waiting' as const,
    changesAt,
  });
  if (now < startsAt) return waiting('ContainerCreating', undefined, startsAt);
  if (isUnpullable(image)) {
    return waiting('ImagePullBackOff', `Back-off pulling image "${image}"`);
  }
  return runningAt(spec, podUid, restartPolicy, startsAt, now);
}

function runningAt(
  spec: ContainerSpec,
  podUid: string,
  restartPolicy: RestartPolicy,
  startsAt: number,
  now: number,
): ContainerMoment {
  const image = spec.image ?? '';
  const program = programOf(spec);
  const run = runAt(program, restartPolicy, startsAt, now);
  const terminated = (from: number, until: number) => ({
    ...exitOf(program),
    startedAt: timestamp(from),
    finishedAt: timestamp(until),
    containerID: containerId(podUid, spec.name, run.restarts),
  });
  const status = {
    name: spec.name,
    image,
    imageID: `${image.split(':')[0]}@sha256:simulated`,
    containerID: containerId(podUid, spec.name, run.restarts),
    restartCount: run.restarts,
    lastState: run.previous
      ? { terminated: terminated(run.previous.from, run.previous.until) }
      : {},
  };
  if (run.state === 'running') {
    const readiness = readyAt(spec, run.from);
    const ready = readiness !== undefined && readiness <= now;
    return {
      status: {
        ...status,
        state: { running: { startedAt: timestamp(run.from) } },
        ready,
        started: true,
      },
      ready,
      ...(ready && { readySince: readiness }),
      phase: 'running',
      changesAt: earliest(ready ? undefined : readiness, run.until),
    };
  }
  if (run.state === 'ended') {
    const { code } = exitCode(program);
    return {
      status: {
        ...status,
        state: { terminated: terminated(run.from, run.until) },
        ready: false,
        started: false,
      },
      ready: false,
      phase: code === 0 ? 'succeeded' : 'failed',
    };
  }
  return {
    status: {
      ...status,
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off ${run.backoffMs / 1000}s restarting failed container=${spec.name}`,
        },
      },
      ready: false,
      started: false,
    },
    ready: false,
    phase: 'waiting',
    changesAt: run.until,
  };
}

interface Span {
  from: number;
  until: number;
}

type Run = { restarts: number; previous?: Span; from: number } & (
  | { state: 'running'; until?: number }
  | { state: 'ended'; until: number }
  | { state: 'backoff'; until: number; backoffMs: number }
);

/** Which run of the program it is, counting from the first start. */
function runAt(
  program: Program,
  restartPolicy: RestartPolicy,
  startsAt: number,
  now: number,
): Run {
  if (program.kind === 'serves') {
    return { state: 'running', restarts: 0, from: startsAt };
  }
  const { code, afterMs } = exitCode(program);
  const restartable =
    restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && code !== 0);
  let from = startsAt;
  let restarts = 0;
  let backoffMs = 0;
  let previous: Span | undefined;
  for (;;) {
    const ends = from + afterMs;
    if (now < ends) {
      return { state: 'running', restarts, previous, from, until: ends };
    }
    if (!restartable) {
      return { state: 'ended', restarts, previous, from, until: ends };
    }
    // The first restart is immediate, then the wait doubles.
    if (afterMs >= FORGIVEN_AFTER_MS) backoffMs = FIRST_BACKOFF_MS;
    else if (restarts === 0) backoffMs = 0;
    else {
      backoffMs = Math.min(
        backoffMs === 0 ? FIRST_BACKOFF_MS : backoffMs * 2,
        LONGEST_BACKOFF_MS,
      );
    }
    previous = { from, until: ends };
    const next = ends + backoffMs;
    if (now < next) {
      return {
        state: 'backoff',
        restarts,
        previous,
        from,
        until: next,
        backoffMs,
      };
    }
    from = next;
    restarts++;
  }
}

function exitCode(program: Program): { code: number; afterMs: number } {
  if (program.kind === 'exits') return program;
  return { code: 128, afterMs: 0 };
}

function exitOf(program: Program): Record<string, unknown> {
  if (program.kind === 'startError') {
    return { exitCode: 128, reason: 'StartError', message: program.message };
  }
  const { code } = exitCode(program);
  return { exitCode: code, reason: code === 0 ? 'Completed' : 'Error' };
}

/** When the readiness probe first succeeds; undefined if it never does. */
function readyAt(spec: ContainerSpec, startedAt: number): number | undefined {
  const probes = [spec.startupProbe, spec.readinessProbe];
  let delay = hookMs(spec.lifecycle?.postStart);
  for (const probe of probes) {
    if (!probe) continue;
    delay += (probe.initialDelaySeconds ?? 0) * 1000;
    const check = probe.exec && programOf({ command: probe.exec.command });
    if (check && (check.kind !== 'exits' || check.code !== 0)) return undefined;
  }
  return startedAt + delay;
}

/** How long a lifecycle hook takes. Hooks other than sleeps take no time. */
export function hookMs(hook: Hook | undefined): number {
  if (hook?.sleep?.seconds !== undefined) return hook.sleep.seconds * 1000;
  if (!hook?.exec?.command) return 0;
  const program = programOf({ command: hook.exec.command });
  return program.kind === 'exits' ? program.afterMs : 0;
}

function containerId(podUid: string, name: string, restart: number) {
  return `simulated://${podUid}/${name}/${restart}`;
}

import type { AnalysisPhase } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parse } from 'yaml';
import { parsePause } from '../../rollout/time';
import type { AssumedHold, AssumedValue, Assumptions } from './assumptions';

/** An assumption that cannot be understood. The message names it, and says what to write. */
export class UnreadableAssumptionError extends Error {
  readonly name = 'UnreadableAssumptionError';
}

const OUTCOMES: Record<string, AnalysisPhase> = {
  successful: 'Successful',
  failed: 'Failed',
  error: 'Error',
  inconclusive: 'Inconclusive',
};
const NUMBERS: Record<string, number> = {
  nan: NaN,
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
};

/** Milliseconds of "30s", "1m30s", or of a number of seconds. */
export function readDuration(name: string, value: unknown): number {
  const milliseconds =
    typeof value === 'string' || typeof value === 'number'
      ? parsePause(value)
      : undefined;
  if (milliseconds === undefined || milliseconds < 0) {
    throw new UnreadableAssumptionError(
      `${name}: ${JSON.stringify(value)} is no duration; write for example 30s, 5m or 1h30m`,
    );
  }
  return milliseconds;
}

/** A whole number that is not smaller than `least`. */
export function readWhole(name: string, value: unknown, least: number): number {
  const number = typeof value === 'string' && value ? Number(value) : value;
  if (
    typeof number !== 'number' ||
    !Number.isInteger(number) ||
    number < least
  ) {
    throw new UnreadableAssumptionError(
      `${name}: ${JSON.stringify(value)} is no whole number from ${least} on`,
    );
  }
  return number;
}

/** "all", or a number of pods. */
export function readFailingPods(name: string, value: unknown): number | 'all' {
  return value === 'all' ? 'all' : readWhole(name, value, 0);
}

/** "never", or a duration. */
export function readPromoteAfter(
  name: string,
  value: unknown,
): number | 'never' {
  return value === 'never' ? 'never' : readDuration(name, value);
}

function readValue(name: string, text: string): AssumedValue['is'] {
  const word = text.trim().toLowerCase();
  const outcome = Object.hasOwn(OUTCOMES, word) ? OUTCOMES[word] : undefined;
  if (outcome) return { outcome };
  if (Object.hasOwn(NUMBERS, word)) return { value: NUMBERS[word] };
  const value = Number(word);
  if (word === '' || Number.isNaN(value)) {
    throw new UnreadableAssumptionError(
      `${name}: "${text}" is no value; write a number, nan, or how measurements end: ${Object.keys(OUTCOMES).join(', ')}`,
    );
  }
  return { value };
}

const byTime = (values: AssumedValue[]) =>
  values.toSorted((a, b) => a.from - b.from);

/**
 * What a metric says over time, as in "success-rate=0.99,0.7@60s": 0.99, and
 * 0.7 from 60 s after the beginning on.
 */
export function readMetric(text: string): [name: string, AssumedValue[]] {
  const [, name, values] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!name || !values) {
    throw new UnreadableAssumptionError(
      `--metric: "${text}" is not NAME=VALUE[,VALUE@TIME…]; write for example success-rate=0.99,0.7@60s`,
    );
  }
  const parts = values.split(',').map(part => {
    const [value = '', time] = part.split('@');
    return {
      from: time === undefined ? 0 : readDuration(`--metric ${name}`, time),
      is: readValue(`--metric ${name}`, value),
    };
  });
  return [name, byTime(parts)];
}

/** Replicas over time, as in "8@2m". */
export function readScaling(text: string): { at: number; replicas: number } {
  const [replicas, time] = text.split('@');
  if (time === undefined) {
    throw new UnreadableAssumptionError(
      `--scale: "${text}" is not N@TIME; write for example 8@2m`,
    );
  }
  return {
    at: readDuration('--scale', time),
    replicas: readWhole('--scale', replicas, 0),
  };
}

/** A freeze window, as in "Black Friday=5m..30m": from 5 min on for 25 min. */
export function readHold(text: string): AssumedHold {
  const [, name, from, until] =
    /^([^=]+)=([^=.]+)\.\.([^=.]+)$/.exec(text) ?? [];
  if (!name) {
    throw new UnreadableAssumptionError(
      `--freeze: "${text}" is not NAME=FROM..UNTIL; write for example "Black Friday=5m..30m"`,
    );
  }
  return holdOf(`--freeze ${name}`, name, from, until);
}

function holdOf(
  where: string,
  name: unknown,
  from: unknown,
  until: unknown,
): AssumedHold {
  const hold = {
    name: String(name),
    from: readDuration(where, from),
    until: readDuration(where, until),
  };
  if (hold.until <= hold.from) {
    throw new UnreadableAssumptionError(`${where}: it ends before it begins`);
  }
  return hold;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function known(
  value: unknown,
  where: string,
  keys: readonly string[],
): Record<string, unknown> {
  if (!isObject(value)) {
    throw new UnreadableAssumptionError(
      `${where}: must be an object with ${keys.join(', ')}`,
    );
  }
  const unknown = Object.keys(value).find(key => !keys.includes(key));
  if (unknown !== undefined) {
    throw new UnreadableAssumptionError(
      `${where}: there is no "${unknown}"; there are ${keys.join(', ')}`,
    );
  }
  return value;
}

const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : [value];

function fileMetric(where: string, value: unknown): AssumedValue[] {
  return byTime(
    list(value).map(each => {
      if (!isObject(each)) {
        const is =
          typeof each === 'string' ? readValue(where, each) : { value: each };
        return { from: 0, is };
      }
      const entry = known(each, where, ['from', 'value', 'outcome']);
      return {
        from: entry.from === undefined ? 0 : readDuration(where, entry.from),
        is:
          entry.outcome === undefined
            ? { value: entry.value }
            : readValue(where, String(entry.outcome)),
      };
    }),
  );
}

type Reader = (name: string, value: unknown) => unknown;

const READERS: Record<keyof Assumptions, Reader> = {
  podStart: readDuration,
  minReadySeconds: (name, value) => readWhole(name, value, 0),
  failingPods: readFailingPods,
  metrics: (name, value) =>
    Object.fromEntries(
      Object.entries(isObject(value) ? value : known(value, name, [])).map(
        ([metric, values]) => [metric, fileMetric(`${name}.${metric}`, values)],
      ),
    ),
  failAtStep: (name, value) => readWhole(name, value, 1),
  promoteAfter: readPromoteAfter,
  abortAtStep: (name, value) => readWhole(name, value, 1),
  scale: (name, value) =>
    list(value).map(each => {
      const { at, replicas } = known(each, name, ['at', 'replicas']);
      return {
        at: readDuration(`${name}.at`, at),
        replicas: readWhole(`${name}.replicas`, replicas, 0),
      };
    }),
  replicas: (name, value) => readWhole(name, value, 0),
  holds: (name, value) =>
    list(value).map(each => {
      const hold = known(each, name, ['name', 'from', 'until']);
      return holdOf(name, hold.name ?? 'freeze', hold.from, hold.until);
    }),
};

/**
 * The assumptions of a small YAML file: the fields of `Assumptions`, with
 * durations as texts.
 *
 * @throws UnreadableAssumptionError
 */
export function readAssumptions(file: string, text: string): Assumptions {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 }) ?? {};
  } catch (error) {
    throw new UnreadableAssumptionError(
      `${file}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    );
  }
  const fields = known(value, file, Object.keys(READERS));
  return Object.fromEntries(
    Object.entries(fields).map(([key, each]) => [
      key,
      READERS[key as keyof Assumptions](`${file}: ${key}`, each),
    ]),
  );
}

import { ExpressionError } from '../limits';
import { ExpressionDuration, ExpressionTime, typeName } from '../values';

type Method<T> = (self: T, args: unknown[]) => unknown;

const inUtc =
  (read: (date: Date) => number): Method<ExpressionTime> =>
  ({ milliseconds }) =>
    read(new Date(milliseconds));

function asTime(value: unknown): number {
  if (value instanceof ExpressionTime) return value.milliseconds;
  throw new ExpressionError(`expected time.Time, but got ${typeName(value)}`);
}

function asDuration(value: unknown): number {
  if (value instanceof ExpressionDuration) return value.milliseconds;
  throw new ExpressionError(
    `expected time.Duration, but got ${typeName(value)}`,
  );
}

/** Of Go's `time.Time`, in UTC. */
const TIME: ReadonlyMap<string, Method<ExpressionTime>> = new Map<
  string,
  Method<ExpressionTime>
>([
  ['Year', inUtc(date => date.getUTCFullYear())],
  ['Month', inUtc(date => date.getUTCMonth() + 1)],
  ['Day', inUtc(date => date.getUTCDate())],
  ['Hour', inUtc(date => date.getUTCHours())],
  ['Minute', inUtc(date => date.getUTCMinutes())],
  ['Second', inUtc(date => date.getUTCSeconds())],
  ['Weekday', inUtc(date => date.getUTCDay())],
  ['Unix', inUtc(date => Math.floor(date.getTime() / 1000))],
  ['UnixMilli', inUtc(date => date.getTime())],
  ['UTC', self => self],
  [
    'Add',
    (self, [by]) => new ExpressionTime(self.milliseconds + asDuration(by)),
  ],
  [
    'Sub',
    (self, [other]) =>
      new ExpressionDuration(self.milliseconds - asTime(other)),
  ],
  ['Before', (self, [other]) => self.milliseconds < asTime(other)],
  ['After', (self, [other]) => self.milliseconds > asTime(other)],
  ['Equal', (self, [other]) => self.milliseconds === asTime(other)],
]);

/** Of Go's `time.Duration`. */
const DURATION: ReadonlyMap<string, Method<ExpressionDuration>> = new Map<
  string,
  Method<ExpressionDuration>
>([
  ['Hours', self => self.milliseconds / 3_600_000],
  ['Minutes', self => self.milliseconds / 60_000],
  ['Seconds', self => self.milliseconds / 1_000],
  ['Milliseconds', self => Math.trunc(self.milliseconds)],
]);

/**
 * Calls a method of a time or a duration, by the names that they have in Go.
 *
 * @throws ExpressionError for everything else: no other value has methods.
 */
export function callMethod(
  object: unknown,
  name: string,
  args: unknown[],
): unknown {
  const time = object instanceof ExpressionTime ? TIME.get(name) : undefined;
  if (time) return time(object as ExpressionTime, args);
  const duration =
    object instanceof ExpressionDuration ? DURATION.get(name) : undefined;
  if (duration) return duration(object as ExpressionDuration, args);
  throw new ExpressionError(
    `${typeName(object)} has no method ${name} that could be called`,
  );
}

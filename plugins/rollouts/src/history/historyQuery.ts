import {
  RELEASE_OUTCOMES,
  type ReleaseOutcome,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { DateTime } from 'luxon';
import type { ReleaseFilter } from '../api/HistoryApi';

/** Spans that can be chosen, and a range of days. */
export const SINCE = ['any', '1d', '7d', '30d', '90d', 'range'] as const;
export type Since = (typeof SINCE)[number];

const DAYS: Partial<Record<Since, number>> = {
  '1d': 1,
  '7d': 7,
  '30d': 30,
  '90d': 90,
};

/** What of the history's state stands in the address. */
export interface HistoryQuery {
  /** `history`, or absent for what goes on now. */
  view?: 'history';
  since?: Since;
  /** The first day of a range, "2026-11-01", in the reader's zone. */
  from?: string;
  /** The last day of a range, inclusive. */
  to?: string;
  outcome?: ReleaseOutcome[];
  /** Full entity ref. */
  person?: string;
  image?: string;
  /** The release that is open. */
  release?: string;
  /** The release it is compared with; the one before it when absent. */
  against?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads what the address says; what makes no sense is left out. */
export function readHistoryQuery(given: unknown): HistoryQuery {
  const from = given && typeof given === 'object' ? given : {};
  const text = (name: string): string | undefined => {
    const value = Object.getOwnPropertyDescriptor(from, name)?.value;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const day = (name: string) => {
    const value = text(name);
    return value && DAY.test(value) && DateTime.fromISO(value).isValid
      ? value
      : undefined;
  };
  const outcomes = RELEASE_OUTCOMES.filter(outcome =>
    text('outcome')?.split(',').includes(outcome),
  );
  return withoutUndefined({
    view: text('view') === 'history' ? ('history' as const) : undefined,
    since: SINCE.find(since => since === text('since') && since !== 'any'),
    from: day('from'),
    to: day('to'),
    outcome: outcomes.length > 0 ? outcomes : undefined,
    person: text('person'),
    image: text('image'),
    release: text('release'),
    against: text('against'),
  });
}

/** The same as it is written into the address; undefined when there is nothing. */
export function writeHistoryQuery(
  query: HistoryQuery,
): Record<string, string> | undefined {
  const { outcome, ...rest } = query;
  const written = withoutUndefined({
    ...rest,
    outcome: outcome?.length ? outcome.join(',') : undefined,
  });
  return Object.keys(written).length > 0 ? written : undefined;
}

/** The filter that the backend is asked for. */
export function toReleaseFilter(
  query: HistoryQuery,
  entity: string,
  now: number,
): ReleaseFilter {
  const { since, outcome, person, image } = query;
  const days = since && DAYS[since];
  const range = since === 'range' ? query : {};
  return withoutUndefined({
    entity,
    outcome,
    person,
    image,
    from: days
      ? DateTime.fromMillis(now, { zone: 'utc' })
          .minus({ days })
          .startOf('hour')
          .toISO({ suppressMilliseconds: true })
      : startOf(range.from, 0),
    to: startOf(range.to, 1),
  });
}

/** Whether anything narrows the list. */
export function isFiltered({
  since,
  from,
  to,
  outcome,
  person,
  image,
}: HistoryQuery): boolean {
  return Boolean(
    (since && (since !== 'range' || from || to)) || outcome || person || image,
  );
}

/** The begin of a day in the reader's zone, some days later, in UTC. */
function startOf(day: string | undefined, later: number): string | undefined {
  return day
    ? (DateTime.fromISO(day)
        .plus({ days: later })
        .toUTC()
        .toISO({ suppressMilliseconds: true }) ?? undefined)
    : undefined;
}

function withoutUndefined<T extends object>(
  given: T,
): { [K in keyof T]: Exclude<T[K], undefined | null> } {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  ) as { [K in keyof T]: Exclude<T[K], undefined | null> };
}

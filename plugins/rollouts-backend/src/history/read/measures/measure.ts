import type {
  DurationMeasure,
  MeasuresResponse,
  ReleaseMeasures,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { BigInteger, ReleaseRow } from '../../store/rows';
import type { Buckets, Range } from './range';

const DAY = 24 * 3_600_000;

export type MeasuredRelease = Pick<
  ReleaseRow,
  | 'outcome'
  | 'started_at'
  | 'ended_at'
  | 'restored_at'
  | 'committed_at'
  | 'rolled_back_at'
  | 'end_observed'
>;

/** So much of a release that it may be one of many. */
export function measuredOf({
  outcome,
  started_at,
  ended_at,
  restored_at,
  committed_at,
  rolled_back_at,
  end_observed,
}: MeasuredRelease): MeasuredRelease {
  return {
    outcome,
    started_at,
    ended_at,
    restored_at,
    committed_at,
    rolled_back_at,
    end_observed,
  };
}

/**
 * Deployment frequency, lead time, change failure rate and time to restore,
 * as docs/history.md defines them.
 *
 * @param releases - those that ended within the range
 */
export function measure(
  releases: MeasuredRelease[],
  { whole, parts }: Buckets,
): MeasuresResponse {
  return {
    ...range(whole),
    ...measuresOf(releases, whole),
    buckets: parts.map(part => ({
      ...range(part),
      ...measuresOf(
        releases.filter(
          ({ ended_at }) =>
            Number(ended_at) >= part.from && Number(ended_at) < part.to,
        ),
        part,
      ),
    })),
  };
}

function measuresOf(
  releases: MeasuredRelease[],
  { from, to }: Range,
): ReleaseMeasures {
  const completed = releases.filter(({ outcome }) => outcome === 'completed');
  const aborted = releases.filter(({ outcome }) => outcome === 'aborted');
  const rolledBack = completed.filter(
    ({ rolled_back_at }) => rolled_back_at !== null,
  );
  const ended = completed.length + aborted.length;
  const failed = aborted.length + rolledBack.length;
  return {
    deployments: completed.length,
    deploymentsPerDay: completed.length / ((to - from) / DAY),
    ended,
    failed,
    changeFailureRate: ended > 0 ? failed / ended : undefined,
    leadTime: durations(completed, 'committed_at'),
    timeToRestore: durationsOf([
      ...aborted.map(row => between(endSeen(row), row.restored_at)),
      ...rolledBack.map(row => between(row.rolled_back_at, row.restored_at)),
    ]),
    duration: durations(completed, 'started_at'),
  };
}

function durations(
  releases: MeasuredRelease[],
  from: 'committed_at' | 'started_at',
): DurationMeasure {
  return durationsOf(releases.map(row => between(row[from], endSeen(row))));
}

/** An end in a gap is as late as somebody looked again, so nothing is measured by it. */
function endSeen({ ended_at, end_observed }: MeasuredRelease) {
  return end_observed ? ended_at : null;
}

/** In seconds. */
function between(
  from: BigInteger | null,
  to: BigInteger | null,
): number | undefined {
  return from === null || to === null
    ? undefined
    : Math.max(0, (Number(to) - Number(from)) / 1_000);
}

function durationsOf(values: (number | undefined)[]): DurationMeasure {
  const known = values
    .filter(value => value !== undefined)
    .sort((a, b) => a - b);
  return {
    count: known.length,
    medianSeconds: quantile(known, 0.5),
    p90Seconds: quantile(known, 0.9),
  };
}

/** Between the two nearest values, as most tools compute it. */
function quantile(sorted: number[], share: number): number | undefined {
  const position = (sorted.length - 1) * share;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  return low === undefined || high === undefined
    ? undefined
    : low + (high - low) * (position - Math.floor(position));
}

function range({ from, to }: Range) {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

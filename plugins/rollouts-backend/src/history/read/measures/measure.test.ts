import { measure, type MeasuredRelease } from './measure';
import { rangeOf } from './range';

const DAY = 24 * 3_600_000;
// A Monday
const FROM = Date.UTC(2026, 10, 2);
const HOUR = 3_600_000;

const release = (change: Partial<MeasuredRelease>): MeasuredRelease => ({
  outcome: 'completed',
  started_at: null,
  ended_at: null,
  restored_at: null,
  committed_at: null,
  rolled_back_at: null,
  end_observed: true,
  ...change,
});

describe('measures', () => {
  const range = rangeOf({ from: FROM, to: FROM + 10 * DAY, bucket: 'week' }, 0);
  const releases = [
    // PostgreSQL hands big integers out as text.
    release({
      started_at: String(FROM),
      ended_at: String(FROM + HOUR),
      committed_at: String(FROM - HOUR),
    }),
    release({
      started_at: FROM + DAY,
      ended_at: FROM + DAY + 3 * HOUR,
      rolled_back_at: FROM + 2 * DAY,
      restored_at: FROM + 2 * DAY + HOUR,
    }),
    release({
      outcome: 'aborted',
      ended_at: FROM + 8 * DAY,
      restored_at: FROM + 8 * DAY + 60_000,
    }),
    release({ outcome: 'superseded', ended_at: FROM + 8 * DAY }),
  ];

  it('follow the definitions', () => {
    expect(measure(releases, range)).toMatchObject({
      deployments: 2,
      deploymentsPerDay: 0.2,
      ended: 3,
      failed: 2,
      changeFailureRate: 2 / 3,
      leadTime: { count: 1, medianSeconds: 7_200 },
      timeToRestore: { count: 2, medianSeconds: 1_830 },
      duration: { count: 2, medianSeconds: 7_200, p90Seconds: 10_080 },
    });
  });

  it('count in the bucket of the end', () => {
    const { buckets } = measure(releases, range);
    expect(
      buckets.map(({ deployments, failed, from }) => [
        from,
        deployments,
        failed,
      ]),
    ).toEqual([
      ['2026-11-02T00:00:00.000Z', 2, 1],
      ['2026-11-09T00:00:00.000Z', 0, 1],
    ]);
  });

  it('count what ends where a bucket ends in the next one alone', () => {
    const { buckets } = measure([release({ ended_at: FROM + 7 * DAY })], range);
    expect(buckets.map(({ deployments }) => deployments)).toEqual([0, 1]);
  });

  it('measure no time by an end that nobody saw, and count it all the same', () => {
    const times = {
      committed_at: FROM,
      started_at: FROM,
      ended_at: FROM + 5 * DAY,
      restored_at: FROM + 6 * DAY,
      // As SQLite has it
      end_observed: 0,
    };
    expect(
      measure(
        [release(times), release({ ...times, outcome: 'aborted' })],
        range,
      ),
    ).toMatchObject({
      deployments: 1,
      ended: 2,
      leadTime: { count: 0 },
      duration: { count: 0 },
      timeToRestore: { count: 0 },
    });
  });

  it('know no lead time of what nobody got', () => {
    const aborted = release({
      outcome: 'aborted',
      committed_at: FROM - HOUR,
      started_at: FROM,
      ended_at: FROM + HOUR,
    });
    expect(measure([aborted], range)).toMatchObject({
      leadTime: { count: 0 },
      duration: { count: 0 },
    });
  });

  it('have no rate of nothing', () => {
    expect(measure([], range)).toMatchObject({
      deployments: 0,
      changeFailureRate: undefined,
      leadTime: { count: 0, medianSeconds: undefined },
    });
  });
});

describe('the range', () => {
  const starts = (bucket: 'day' | 'week' | 'month', days: number) =>
    rangeOf(
      { from: FROM + 3 * HOUR, to: FROM + days * DAY, bucket },
      0,
    ).parts.map(({ from }) => new Date(from).toISOString().slice(0, 13));

  it.each([
    ['day' as const, 3, ['2026-11-02T03', '2026-11-03T00', '2026-11-04T00']],
    ['week' as const, 9, ['2026-11-02T03', '2026-11-09T00']],
    ['month' as const, 40, ['2026-11-02T03', '2026-12-01T00']],
  ])('is cut at the beginning of each %s', (bucket, days, expected) => {
    expect(starts(bucket, days)).toEqual(expected);
  });

  it('is the last 30 days unless asked', () => {
    expect(rangeOf({ bucket: 'month' }, FROM).whole).toEqual({
      from: FROM - 30 * DAY,
      to: FROM,
    });
  });

  it.each([
    [{ from: FROM, to: FROM, bucket: 'day' as const }, 'must be before'],
    [{ from: 0, to: FROM, bucket: 'day' as const }, 'more than 400 buckets'],
  ])('refuses %j', (asked, message) => {
    expect(() => rangeOf(asked, FROM)).toThrow(message);
  });
});

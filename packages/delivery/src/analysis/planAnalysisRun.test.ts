import type {
  AnalysisPhase,
  AnalysisRun,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AnalysisRunPlan } from './plan/analysisRunPlan';
import { planAnalysisRun } from './planAnalysisRun';
import { formatTime } from './plan/time';

const START = Date.UTC(2026, 0, 1);

function metric(fields: Partial<Metric> = {}): Metric {
  return { name: 'rate', provider: { web: {} }, ...fields };
}

function analysisRun(
  metrics: Metric[],
  spec: Partial<AnalysisRun['spec']> = {},
): AnalysisRun {
  return {
    metadata: { name: 'colors-1', namespace: 'demo', uid: 'u1' },
    spec: { metrics, ...spec },
  };
}

/** A run driven on virtual time: each due measurement gives the next outcome. */
class Drive {
  now = START;
  plan: AnalysisRunPlan;
  measuredAt: number[] = [];

  constructor(
    private run: AnalysisRun,
    private readonly outcomes: Record<string, AnalysisPhase[]>,
    private readonly message?: string,
  ) {
    this.plan = this.step([]);
  }

  private step(done: Parameters<typeof planAnalysisRun>[1]) {
    this.plan = planAnalysisRun(this.run, done, this.now);
    this.run = { ...this.run, status: this.plan.status };
    return this.plan;
  }

  /** Until the run is complete, nothing is left to do, or the outcomes are used up. */
  toEnd(): this {
    for (;;) {
      if (this.plan.status.completedAt) return this;
      const [due] = this.plan.due;
      if (due) {
        const phase = this.outcomes[due.metric.name]?.shift();
        if (!phase) return this;
        this.measuredAt.push((this.now - START) / 1000);
        const at = formatTime(this.now);
        this.step([
          {
            metricName: due.metric.name,
            measurement: {
              phase,
              startedAt: at,
              finishedAt: at,
              ...(phase === 'Error' ? { message: this.message } : {}),
            },
          },
        ]);
        continue;
      }
      if (this.plan.wakeAt === undefined) return this;
      this.now = this.plan.wakeAt;
      this.step([]);
    }
  }

  terminate(): this {
    this.run = { ...this.run, spec: { ...this.run.spec, terminate: true } };
    this.step([]);
    return this;
  }
}

const S = 'Successful' as const;
const F = 'Failed' as const;
const E = 'Error' as const;
const I = 'Inconclusive' as const;

describe('planAnalysisRun', () => {
  it.each<
    [string, Partial<Metric>, AnalysisPhase[], string, string | undefined]
  >([
    ['one success', {}, [S], S, undefined],
    [
      'one failure',
      {},
      [F],
      F,
      'Metric "rate" assessed Failed due to failed (1) > failureLimit (0)',
    ],
    [
      'one inconclusive',
      {},
      [I],
      I,
      'Metric "rate" assessed Inconclusive due to inconclusive (1) > inconclusiveLimit (0)',
    ],
    ['count reached', { count: 3, interval: '5s' }, [S, S, S], S, undefined],
    [
      'failures within the limit',
      { count: 3, interval: '5s', failureLimit: 1 },
      [F, S, S],
      S,
      undefined,
    ],
    [
      'failures beyond the limit',
      { count: 5, interval: '5s', failureLimit: 2 },
      [F, S, F, F],
      F,
      'Metric "rate" assessed Failed due to failed (3) > failureLimit (2)',
    ],
    [
      'inconclusive within its limit',
      { count: 2, interval: '5s', inconclusiveLimit: 1 },
      [I, S],
      S,
      undefined,
    ],
    ['errors are tried again', {}, [E, E, E, E, S], S, undefined],
    [
      'five errors in a row',
      {},
      [E, E, E, E, E],
      E,
      'Metric "rate" assessed Error due to consecutiveErrors (5) > consecutiveErrorLimit (4): "Error Message: no route"',
    ],
    [
      'a success between errors',
      { consecutiveErrorLimit: 1, count: 2, interval: '5s' },
      [E, S, E, S],
      S,
      undefined,
    ],
    [
      'its own error limit',
      { consecutiveErrorLimit: 0 },
      [E],
      E,
      'Metric "rate" assessed Error due to consecutiveErrors (1) > consecutiveErrorLimit (0): "Error Message: no route"',
    ],
    [
      'limits as text',
      { count: '2', interval: '5s', failureLimit: '1' },
      [F, F],
      F,
      'Metric "rate" assessed Failed due to failed (2) > failureLimit (1)',
    ],
    [
      'successes in a row',
      { interval: '5s', failureLimit: -1, consecutiveSuccessLimit: 2 },
      [S, F, F, S, S],
      S,
      undefined,
    ],
    [
      'successes in a row before too many failures',
      { interval: '5s', failureLimit: 1, consecutiveSuccessLimit: 2 },
      [S, F, F],
      F,
      'Metric "rate" assessed Failed due to failed (2) > failureLimit (1)',
    ],
    [
      'count before successes in a row',
      { count: 4, interval: '5s', failureLimit: 2, consecutiveSuccessLimit: 2 },
      [S, F, S, F],
      I,
      'Metric "rate" assessed Inconclusive due to consecutiveSuccesses (0) < consecutiveSuccessLimit (2) when count (4) was reached',
    ],
  ])('%s', (_, fields, outcomes, phase, message) => {
    const { plan } = new Drive(
      analysisRun([metric(fields)]),
      { rate: [...outcomes] },
      'no route',
    ).toEnd();

    expect(plan.status.phase).toBe(phase);
    expect(plan.status.message).toBe(message);
  });

  it('measures after its delay, then at its interval, errors after ten seconds', () => {
    const drive = new Drive(
      analysisRun([metric({ initialDelay: '1m', interval: '30s', count: 3 })]),
      { rate: [S, E, S, S] },
    ).toEnd();

    expect(drive.measuredAt).toEqual([60, 90, 100, 130]);
  });

  it('goes on until it is stopped without a count', () => {
    const drive = new Drive(analysisRun([metric({ interval: '10s' })]), {
      rate: [S, S, S, S],
    }).toEnd();
    expect(drive.plan.status.phase).toBe('Running');

    drive.terminate();

    expect(drive.plan.status).toMatchObject({
      phase: S,
      message: 'Run Terminated',
    });
  });

  it('is never successful with errors alone, however it ends', () => {
    const drive = new Drive(
      analysisRun([metric({ interval: '10s' })]),
      { rate: [E, E] },
      'no route',
    ).toEnd();

    drive.terminate();

    expect(drive.plan.status.phase).toBe(E);
    expect(drive.plan.status.message).toContain('no route');
  });

  it('is successful when it is terminated before any measurement', () => {
    const drive = new Drive(
      analysisRun([metric({ interval: '10s', initialDelay: '1h' })]),
      {},
    ).terminate();

    expect(drive.plan.status).toMatchObject({
      phase: S,
      message: 'Run Terminated',
    });
  });

  it('ends the other metrics when one fails', () => {
    const { plan } = new Drive(
      analysisRun([
        metric({ name: 'fine', interval: '5s' }),
        metric({ name: 'bad', interval: '5s' }),
      ]),
      { fine: [S, S], bad: [S, F] },
    ).toEnd();

    expect(plan.status.phase).toBe(F);
    expect(plan.status.metricResults?.map(({ phase }) => phase)).toEqual([
      S,
      F,
    ]);
    expect(plan.status.runSummary).toEqual({
      count: 2,
      successful: 1,
      failed: 1,
    });
  });

  it('lets a dry run fail without consequences', () => {
    const { plan } = new Drive(
      analysisRun([metric({ name: 'real' }), metric({ name: 'trial' })], {
        dryRun: [{ metricName: 'tri.*' }],
      }),
      { real: [S], trial: [F] },
    ).toEnd();

    expect(plan.status).toMatchObject({
      phase: S,
      runSummary: { count: 1, successful: 1 },
      dryRunSummary: { count: 1, failed: 1 },
    });
    expect(plan.status.metricResults?.[1]).toMatchObject({
      dryRun: true,
      message: 'Metric assessed Failed due to failed (1) > failureLimit (0)',
    });
  });

  it.each<[string, Partial<AnalysisRun['spec']>, number]>([
    ['ten by default', {}, 10],
    [
      'as many as asked for',
      { measurementRetention: [{ metricName: '.*', limit: 20 }] },
      20,
    ],
    [
      'ten with a limit of 0',
      { measurementRetention: [{ metricName: '.*', limit: 0 }] },
      10,
    ],
    [
      'what the last of several rules says',
      {
        measurementRetention: [
          { metricName: '.*', limit: 20 },
          { metricName: 'ra.*', limit: 3 },
        ],
      },
      3,
    ],
  ])('keeps the newest measurements: %s', (_, spec, kept) => {
    const drive = new Drive(analysisRun([metric({ interval: '1s' })], spec), {
      rate: new Array(30).fill(S),
    }).toEnd();

    const [result] = drive.plan.status.metricResults ?? [];
    expect(result?.measurements).toHaveLength(kept);
    expect(result?.count).toBe(30);
  });

  it.each<[string, Partial<AnalysisRun['spec']>, string]>([
    [
      'a rule that means no metric',
      { dryRun: [{ metricName: 'other' }] },
      "Analysis spec invalid: dryRun[0]: Rule didn't match any metric name(s)",
    ],
    [
      'a retention that means no metric',
      { measurementRetention: [{ metricName: '(', limit: 1 }] },
      "Analysis spec invalid: measurementRetention[0]: Rule didn't match any metric name(s)",
    ],
    [
      'an argument without a value',
      { args: [{ name: 'x' }] },
      'Unable to resolve metric arguments: argument "x" was not supplied',
    ],
  ])('is an Error with %s', (_, spec, message) => {
    const { plan } = new Drive(analysisRun([metric()], spec), {});

    expect(plan.status).toMatchObject({ phase: E, message });
    expect(plan.due).toEqual([]);
  });

  it('23: stays small enough to be stored with a hundred long answers', () => {
    const metrics = Array.from({ length: 100 }, (_, i) =>
      metric({ name: `m${i}`, provider: { web: { url: 'x'.repeat(5_000) } } }),
    );
    const at = formatTime(START);
    const long = 'x'.repeat(8_192);
    const done = metrics.map(({ name }) => ({
      metricName: name,
      measurement: {
        phase: S,
        startedAt: at,
        finishedAt: at,
        value: long,
        message: long,
      },
      metadata: { ResolvedPrometheusQuery: long },
    }));

    const run = analysisRun(metrics);
    const { status } = planAnalysisRun(run, done, START);

    expect(JSON.stringify({ ...run, status }).length).toBeLessThan(1_100_000);
    expect(status.runSummary).toEqual({ count: 100, successful: 100 });
  });

  it('23: keeps fewer when they would be too large to store', () => {
    const run = analysisRun([metric({ interval: '1s' })], {
      measurementRetention: [{ metricName: '.*', limit: 5_000 }],
    });
    const at = formatTime(START);
    const value = 'x'.repeat(1_000);
    const measurements = Array.from({ length: 5_000 }, () => ({
      phase: S,
      startedAt: at,
      finishedAt: at,
      value,
    }));
    const { status } = planAnalysisRun(
      {
        ...run,
        status: {
          phase: 'Running',
          startedAt: at,
          metricResults: [
            {
              name: 'rate',
              phase: 'Running',
              count: 5_000,
              successful: 5_000,
              measurements,
            },
          ],
        },
      },
      [],
      START,
    );

    expect(JSON.stringify(status).length).toBeLessThan(1_100_000);
    expect(status.metricResults?.[0]?.measurements?.length).toBeGreaterThan(
      100,
    );
  });

  it('tells of each metric and of the run when they end', () => {
    const { plan } = new Drive(analysisRun([metric()]), { rate: [F] }).toEnd();

    expect(plan.events).toEqual([
      {
        type: 'Warning',
        reason: 'MetricFailed',
        message: "Metric 'rate' Completed. Result: Failed",
      },
      {
        type: 'Warning',
        reason: 'AnalysisRunFailed',
        message: 'Analysis Completed. Result: Failed',
      },
    ]);
  });

  it('looks after a measurement that takes its time, and ends it when terminated', () => {
    const run = analysisRun([metric({ provider: { job: {} } })]);
    const at = formatTime(START);
    const unfinished = {
      phase: 'Running' as const,
      startedAt: at,
      resumeAt: formatTime(START + 15_000),
      metadata: { 'job-name': 'j' },
    };
    const first = planAnalysisRun(
      run,
      [{ metricName: 'rate', measurement: unfinished }],
      START,
    );
    expect(first).toMatchObject({ due: [], wakeAt: START + 15_000 });

    const later = { ...run, status: first.status };
    expect(planAnalysisRun(later, [], START + 15_000).due).toMatchObject([
      { action: 'resume' },
    ]);
    expect(
      planAnalysisRun(
        { ...later, spec: { ...later.spec, terminate: true } },
        [],
        START + 1_000,
      ).due,
    ).toMatchObject([
      { action: 'terminate', measurement: { metadata: { 'job-name': 'j' } } },
    ]);
  });

  it.each<[string, Metric[], string]>([
    ['no metrics', [], 'no metrics specified'],
    [
      'two of one name',
      [metric(), metric()],
      "metrics[1]: duplicate name 'rate'",
    ],
    [
      'no provider',
      [metric({ provider: {} })],
      'metrics[0]: no provider specified',
    ],
    [
      'count without interval',
      [metric({ count: 2 })],
      'metrics[0]: interval must be specified when count > 1',
    ],
    [
      'an interval that is none',
      [metric({ interval: '5 parsecs' })],
      'invalid interval string: "5 parsecs"',
    ],
    [
      'no limit at all',
      [metric({ failureLimit: -1 })],
      'failureLimit and consecutiveSuccessLimit cannot both be disabled',
    ],
    [
      'an argument nobody gave',
      [metric({ interval: '{{args.every}}' })],
      'Unable to resolve metric arguments: failed to resolve {{args.every}}',
    ],
  ])('refuses %s, naming the field', (_, metrics, message) => {
    const { status } = planAnalysisRun(analysisRun(metrics), [], START);

    expect(status.phase).toBe(E);
    expect(status.message).toContain(message);
  });

  it.each<
    [AnalysisPhase, AnalysisRun['spec']['ttlStrategy'], number | undefined]
  >([
    [S, { secondsAfterSuccess: 10, secondsAfterCompletion: 99 }, 10],
    [F, { secondsAfterFailure: 20, secondsAfterCompletion: 99 }, 20],
    [E, { secondsAfterCompletion: 99 }, 99],
    [S, undefined, undefined],
  ])('a %s run with %j lives for %s s', (phase, ttlStrategy, seconds) => {
    const run = {
      ...analysisRun([metric()], { ttlStrategy }),
      status: { phase, completedAt: formatTime(START) },
    };

    const before = planAnalysisRun(run, [], START + 1_000);
    const after = planAnalysisRun(run, [], START + 100_000);

    expect(before.wakeAt).toBe(seconds && START + seconds * 1_000);
    expect(Boolean(after.expired)).toBe(seconds !== undefined);
  });
});

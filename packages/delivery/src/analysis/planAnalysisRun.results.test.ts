import type {
  AnalysisPhase,
  AnalysisRun,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { formatTime } from './plan/time';
import { planAnalysisRun } from './planAnalysisRun';
import {
  START,
  metric,
  analysisRun,
  Drive,
  S,
  F,
  E,
} from './testing/analysisDrive';

describe('what an analysis run keeps, and what it refuses', () => {
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

import type {
  AnalysisPhase,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  metric,
  analysisRun,
  Drive,
  S,
  F,
  E,
  I,
} from './testing/analysisDrive';

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
});

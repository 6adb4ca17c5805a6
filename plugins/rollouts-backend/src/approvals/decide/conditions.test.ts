import type {
  AnalysisRunView,
  MetricView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { policy } from '../../__testUtils__/approvals';
import { evaluateConditions, type ConditionFacts } from './conditions';

const MINUTE = 60_000;

type Conditions = NonNullable<Parameters<typeof policy>[0]>['conditions'];

const metric = (change: Partial<MetricView> = {}): MetricView => ({
  name: 'requests',
  provider: 'prometheus',
  phase: 'Running',
  dryRun: false,
  unit: 'none',
  measurements: [],
  counts: {
    measured: 1,
    successful: 1,
    failed: 0,
    inconclusive: 0,
    error: 0,
    failureLimit: 0,
    inconclusiveLimit: 0,
    consecutiveErrorLimit: 4,
  },
  warnings: [],
  ...change,
});

const run = (change: Partial<AnalysisRunView> = {}): AnalysisRunView => ({
  name: 'check-1',
  uid: 'run-1',
  kind: 'step',
  stepIndex: 1,
  phase: 'Running',
  metrics: [metric()],
  ...change,
});

function evaluate(
  conditions: Conditions,
  facts: Partial<ConditionFacts>,
  now = 0,
) {
  const [only] = evaluateConditions(
    policy({ conditions }),
    { analysisRuns: [], ...facts },
    now,
  );
  return only;
}

describe('analysis successful', () => {
  const isMet = (...analysisRuns: AnalysisRunView[]) =>
    evaluate({ analysisSuccessful: true }, { analysisRuns })?.met;

  it('is not met by nothing at all, nor by a run that has measured nothing good', () => {
    const counts = { ...metric().counts, successful: 0 };
    expect(isMet()).toBe(false);
    expect(isMet(run({ metrics: [metric({ counts })] }))).toBe(false);
  });

  it('is met by a run that goes on well, and by one that has ended well', () => {
    expect(isMet(run())).toBe(true);
    expect(isMet(run({ phase: 'Successful', metrics: [] }))).toBe(true);
  });

  it.each(['Failed', 'Error', 'Inconclusive'] as const)(
    'is not met while one is %s, whatever the others are',
    phase => {
      const background = run({ kind: 'background', stepIndex: undefined });
      expect(isMet(run(), { ...background, phase })).toBe(false);
    },
  );

  it.each(['background', 'step', 'pre-promotion', 'post-promotion'] as const)(
    'goes by the newest run of each place, so a retry has its chance: %s',
    kind => {
      const [good, bad] = [run(), run({ phase: 'Failed', uid: 'run-2' })].map(
        each => ({ ...each, kind }),
      ) as [AnalysisRunView, AnalysisRunView];
      expect(isMet(good, bad)).toBe(true);
      expect(isMet(bad, good)).toBe(false);
    },
  );

  it('goes by all places', () => {
    expect(isMet(run(), run({ phase: 'Failed', stepIndex: 3 }))).toBe(false);
  });

  it('goes by all runs of experiments, which are side by side', () => {
    const [good, bad] = [run(), run({ phase: 'Failed', uid: 'run-2' })].map(
      each => ({ ...each, kind: 'experiment' as const, stepIndex: undefined }),
    ) as [AnalysisRunView, AnalysisRunView];
    expect(isMet(good, bad)).toBe(false);
    expect(isMet(good)).toBe(true);
  });
});

describe('minimum requests', () => {
  const seen = (number: number | undefined, name = 'requests') =>
    evaluate(
      { minimumRequests: { metric: 'requests', count: 500 } },
      {
        analysisRuns: [
          run({
            metrics: [
              metric({
                name,
                last: number === undefined ? undefined : { number },
              } as Partial<MetricView>),
            ],
          }),
        ],
      },
    );

  it.each<[number | undefined, boolean]>([
    [undefined, false],
    [NaN, false],
    [499, false],
    [500, true],
  ])('of 500 with %p measured: %p', (number, met) => {
    expect(seen(number)?.met).toBe(met);
  });

  it('are those that were measured last, whichever run did', () => {
    const measured = (number: number | undefined) =>
      run({
        metrics: [
          metric({
            last: number === undefined ? undefined : { number },
          } as Partial<MetricView>),
        ],
      });
    const isMet = (...numbers: (number | undefined)[]) =>
      evaluate(
        { minimumRequests: { metric: 'requests', count: 500 } },
        { analysisRuns: numbers.map(measured) },
      )?.met;
    expect(isMet(499, 900)).toBe(false);
    expect(isMet(900, 499)).toBe(true);
    expect(isMet(undefined, 900)).toBe(true);
  });

  it('are not those of another metric', () => {
    expect(seen(900, 'errors')).toMatchObject({
      met: false,
      message: expect.stringContaining('not measured yet'),
    });
  });
});

describe('minimum time at the step', () => {
  const at = (minutes: number, stepSince?: number) =>
    evaluate({ minimumStepTime: '10m' }, { stepSince }, minutes * MINUTE);

  it('is met when it is over, and says before when that will be', () => {
    expect(at(9, 0)).toMatchObject({ met: false, metAt: 10 * MINUTE });
    expect(at(10, 0)).toMatchObject({ met: true });
  });

  it('is not met while nobody knows since when it is there', () => {
    expect(at(90)).toMatchObject({ met: false });
    expect(at(90)?.metAt).toBeUndefined();
  });
});

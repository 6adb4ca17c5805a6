import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../../__testUtils__/rollouts';
import { observe } from './observe';

const RAW =
  'Rollout aborted update to revision 2: Step-based analysis phase error/failed: Metric "success-rate" assessed Failed due to failed (2) > failureLimit (1)';

const run: AnalysisRun = {
  metadata: { name: 'colors-1', labels: {} },
  spec: {
    metrics: [
      {
        name: 'success-rate',
        successCondition: 'result[0] >= 0.95',
        provider: {},
      },
    ],
  },
  status: {
    phase: 'Failed',
    metricResults: [
      {
        name: 'success-rate',
        phase: 'Failed',
        failed: 2,
        count: 2,
        measurements: [{ phase: 'Failed', value: '[0.71]' }],
      },
    ],
  },
};

function aborted(message: string, analysisRuns: AnalysisRun[]) {
  const { reason, cause } = observe({
    at: 0,
    cluster: 'local',
    rollout: canary({
      status: {
        abort: true,
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'RolloutAborted',
            message,
          },
        ],
        phase: 'Degraded',
        message: `RolloutAborted: ${message}`,
        canary: {
          currentStepAnalysisRunStatus: { name: 'colors-1', status: 'Failed' },
        },
      },
    }),
    gone: false,
    entityRefs: [],
    replicaSets: [],
    analysisRuns,
    commitAnnotations: [],
  });
  return { reason, cause };
}

describe('why an update was aborted', () => {
  it('is told in the words of the page', () => {
    expect(aborted(RAW, [run])).toEqual({
      cause: 'analysis',
      reason: expect.stringMatching(
        /^success rate was 71 % and must be at least 95 %/,
      ),
    });
  });

  it('is worded also when the run is not known', () => {
    expect(aborted(RAW, [])).toEqual({
      cause: 'analysis',
      reason: expect.stringMatching(/^the analysis step failed: /),
    });
  });

  it('has no reason when somebody aborted by hand', () => {
    expect(aborted('Rollout aborted update to revision 2', [])).toEqual({
      cause: 'unknown',
      reason: undefined,
    });
  });
});

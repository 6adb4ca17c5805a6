import type {
  AnalysisPhase,
  AnalysisRun,
  KubeEvent,
  RevisionOutcome,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import { revisionOutcomes } from './revisionOutcomes';

const replicaSet = (revision: number, hash: string) => ({
  metadata: {
    name: hash,
    annotations: { 'rollout.argoproj.io/revision': String(revision) },
    labels: { 'rollouts-pod-template-hash': hash },
  },
  spec: { replicas: 0, selector: {}, template: { spec: { containers: [] } } },
});

const said = (message: string, minute: number): KubeEvent => ({
  metadata: { name: message },
  involvedObject: { kind: 'Rollout', name: 'colors', uid: 'u1' },
  reason: 'RolloutAborted',
  message,
  lastTimestamp: `2026-11-01T10:0${minute}:00Z`,
});

const run = (
  phase: AnalysisPhase,
  createdMinute: number,
  endMinute: number,
): AnalysisRun => ({
  metadata: {
    name: `run-${createdMinute}`,
    labels: { 'rollouts-pod-template-hash': 'red' },
    creationTimestamp: `2026-11-01T10:0${createdMinute}:00Z`,
  },
  spec: { metrics: [] },
  status: { phase, completedAt: `2026-11-01T10:0${endMinute}:00Z` },
});

/** Blue is stable, red failed or not, green goes on. */
function redIs(known: {
  events?: KubeEvent[];
  analysisRuns?: AnalysisRun[];
  recorded?: RevisionOutcome;
  status?: Partial<RolloutStatus>;
}) {
  return revisionOutcomes({
    rollout: canary({ status: known.status }),
    replicaSets: [
      replicaSet(1, 'blue'),
      replicaSet(2, 'red'),
      replicaSet(3, 'green'),
    ],
    analysisRuns: known.analysisRuns ?? [],
    events: known.events ?? [],
    recorded: new Map(known.recorded && [['red', known.recorded]]),
  }).get('red');
}

const FAILED = said(
  'Rollout aborted update to revision 2: Metric "success" assessed Failed',
  1,
);

describe('what a revision came to', () => {
  it('is not made up', () => {
    expect(redIs({})).toBeUndefined();
    expect(
      redIs({ events: [said('Rollout aborted update to revision 21', 1)] }),
    ).toBeUndefined();
  });

  it('is told by Events, the last of them', () => {
    expect(redIs({ events: [FAILED] })).toBe('rolled-back');
    expect(
      redIs({ events: [said('Rollout aborted update to revision 2', 1)] }),
    ).toBe('aborted');
    expect(
      redIs({
        events: [
          said('Rollout completed update to revision 2 (red): all steps', 2),
          FAILED,
        ],
      }),
    ).toBe('completed');
  });

  it('is told by a failed analysis that no later attempt follows', () => {
    expect(
      redIs({ analysisRuns: [run('Failed', 1, 4), run('Successful', 2, 3)] }),
    ).toBe('rolled-back');
    expect(
      redIs({ analysisRuns: [run('Failed', 1, 2), run('Successful', 3, 4)] }),
    ).toBeUndefined();
  });

  it('is what the history has, before all else', () => {
    expect(redIs({ recorded: 'aborted', events: [FAILED] })).toBe('aborted');
  });

  it('is complete when it is stable, and nothing while it goes on', () => {
    expect(redIs({ events: [FAILED], status: { stableRS: 'red' } })).toBe(
      'completed',
    );
    expect(
      redIs({ events: [FAILED], status: { currentPodHash: 'red' } }),
    ).toBeUndefined();
    expect(
      redIs({
        events: [FAILED],
        status: { currentPodHash: 'red', abort: true },
      }),
    ).toBe('rolled-back');
  });
});

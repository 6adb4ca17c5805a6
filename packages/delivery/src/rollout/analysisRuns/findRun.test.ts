import { settled } from '../../simulate/testing/colorsScenario';
import { search } from '../../simulate/testing/demo';
import { planRollout } from '../planRollout';
import type { RolloutSnapshot } from '../snapshot';

type Run = RolloutSnapshot['analysisRuns'][number];

/**
 * The AnalysisRuns that are created when the controller has gone down between
 * the creation of the step's run, as changed, and the status that names it.
 */
function createdBesides(change: (run: Run) => void) {
  const { cluster, now } = settled(search()).deploy('green').wait(15);
  const snapshot = structuredClone(cluster.snapshot(now));
  const [run, ...others] = snapshot.analysisRuns;
  if (!run || others.length) throw new Error('the step has one run');
  change(run);
  delete snapshot.rollout.status?.canary?.currentStepAnalysisRunStatus;
  return planRollout(snapshot, now).writes.filter(
    ({ verb, resource }) =>
      verb === 'create' && resource.kind === 'AnalysisRun',
  ).length;
}

describe('the run of an analysis step', () => {
  it('is found again though the status does not name it', () => {
    expect(createdBesides(() => {})).toBe(0);
  });

  it.each<[string, (run: Run) => void]>([
    [
      'has been told to end',
      ({ spec }) => {
        spec.terminate = true;
      },
    ],
    [
      'has ended',
      run => {
        run.status = { phase: 'Successful' };
      },
    ],
    [
      'is being deleted',
      ({ metadata }) => {
        metadata.deletionTimestamp = '2026-01-01T00:00:40Z';
      },
    ],
    [
      'is of another revision',
      ({ metadata }) => {
        metadata.labels = {
          ...metadata.labels,
          'rollouts-pod-template-hash': 'other',
        };
      },
    ],
  ])('is not one that %s', (_, change) => {
    expect(createdBesides(change)).toBe(1);
  });
});

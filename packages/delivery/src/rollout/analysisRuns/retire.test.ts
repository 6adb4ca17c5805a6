import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { settled } from '../../simulate/testing/colorsScenario';
import { search } from '../../simulate/testing/demo';
import { planRollout } from '../planRollout';

const run = (
  name: string,
  creationTimestamp: string,
  phase: string,
): AnalysisRun =>
  ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisRun',
    metadata: {
      name,
      namespace: 'demo',
      uid: name,
      resourceVersion: '1',
      creationTimestamp,
    },
    spec: { metrics: [] },
    status: { phase },
  }) as AnalysisRun;

/** Names of the runs that are deleted, with these limits. */
function deletedOf(
  analysisRuns: AnalysisRun[],
  limits: Record<string, number> | undefined,
) {
  const { cluster, now } = settled(search());
  const snapshot = structuredClone(cluster.snapshot(now));
  snapshot.rollout.spec.analysis = limits;
  return planRollout({ ...snapshot, analysisRuns }, now)
    .writes.flatMap(write => (write.verb === 'delete' ? [write.name] : []))
    .sort();
}

describe('AnalysisRuns that have ended', () => {
  it('are kept up to the limit for their kind of end, the newest of them', () => {
    expect(
      deletedOf(
        [
          run('good-2', '2026-01-01T00:00:02Z', 'Successful'),
          run('good-1', '2026-01-01T00:00:01Z', 'Successful'),
          run('good-3', '2026-01-01T00:00:03Z', 'Successful'),
          run('bad-1', '2026-01-01T00:00:01Z', 'Failed'),
          run('bad-2', '2026-01-01T00:00:02Z', 'Error'),
          run('bad-3', '2026-01-01T00:00:03Z', 'Inconclusive'),
        ],
        { successfulRunHistoryLimit: 1, unsuccessfulRunHistoryLimit: 2 },
      ),
    ).toEqual(['bad-1', 'good-1', 'good-2']);
  });

  it('are five of each kind when nothing is said', () => {
    const seven = Array.from({ length: 7 }, (_, i) =>
      run(`good-${i}`, `2026-01-01T00:00:0${i}Z`, 'Successful'),
    );

    expect(deletedOf(seven, undefined)).toEqual(['good-0', 'good-1']);
  });
});

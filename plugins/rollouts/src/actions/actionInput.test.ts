import type { RevisionView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { initialInput } from './actionInput';

const revision = (
  number: number,
  outcome?: RevisionView['outcome'],
): RevisionView => ({
  revision: number,
  outcome,
  podHash: `hash-${number}`,
  replicaSet: `colors-${number}`,
  role: 'old',
  images: [],
  replicas: { desired: 0, ready: 0, available: 0 },
  pods: [],
  analysisRuns: [],
});

describe('the input an undo opens with', () => {
  it('is the revision before that did not fail', () => {
    expect(
      initialInput('undo', {
        images: [],
        revision: 3,
        revisions: [
          revision(3),
          revision(2, 'rolled-back'),
          revision(1, 'completed'),
        ],
      }),
    ).toEqual({ toRevision: 1 });
  });
});

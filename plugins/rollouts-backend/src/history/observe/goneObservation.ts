import type { ReleaseGap } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Observation } from './Observation';

/** Of an object that is on record but no longer in its cluster. */
export function goneObservation(
  cluster: string,
  uid: string,
  at: number,
  gap: ReleaseGap | undefined,
): Observation {
  return {
    at,
    cluster,
    namespace: '',
    name: '',
    uid,
    entityRefs: [],
    gone: true,
    strategy: 'rollingUpdate',
    podHash: '',
    stableHash: '',
    images: [],
    steps: [],
    stepsHash: '',
    stepIndex: 0,
    weights: { desired: 0, actual: 0, max: 100, routed: false },
    aborted: false,
    pauses: [],
    runs: [],
    gap,
  };
}

import type { RolloutStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { heldStatus } from './heldStatus';

const now: RolloutStatus = {
  phase: 'Paused',
  message: 'CanaryPauseStep',
  currentStepIndex: 1,
  replicas: 4,
};
const planned: RolloutStatus = {
  phase: 'Progressing',
  message: 'more replicas need to be updated',
  currentStepIndex: 2,
  replicas: 5,
  observedGeneration: '7',
};

describe('the status while a write is held back', () => {
  it('has what was seen, and nothing of what was decided', () => {
    expect(heldStatus(now, planned, undefined)).toMatchObject({
      phase: 'Paused',
      message: 'CanaryPauseStep',
      currentStepIndex: 1,
      replicas: 5,
      observedGeneration: '7',
    });
  });

  it('says why', () => {
    expect(heldStatus(now, planned, 'why').message).toBe('why');
  });
});

import type { Rollout, RolloutStatus } from '../kubernetes/rollout';
import { rolloutPhase } from './phase';

const settled: RolloutStatus = {
  observedGeneration: '2',
  replicas: 5,
  updatedReplicas: 5,
  availableReplicas: 5,
  currentPodHash: 'new',
  stableRS: 'new',
};

function rollout(
  status: RolloutStatus,
  spec: Partial<Rollout['spec']> = {},
): Rollout {
  return {
    metadata: { name: 'colors', namespace: 'demo', generation: 2 },
    spec: { replicas: 5, strategy: { canary: {} }, ...spec },
    status: { ...settled, ...status },
  };
}
const blueGreen = { strategy: { blueGreen: { activeService: 'active' } } };

describe('rolloutPhase', () => {
  it.each<[string, Rollout, string, string]>([
    [
      'a spec that the controller has not seen',
      rollout({ observedGeneration: '1', phase: 'Healthy' }),
      'Progressing',
      'waiting for rollout spec update to be observed',
    ],
    [
      'an object no controller has touched',
      { ...rollout({}), status: undefined },
      'Progressing',
      'waiting for rollout spec update to be observed',
    ],
    [
      'an observedGeneration that is a hash',
      rollout({ observedGeneration: '6c8f9' }),
      'Healthy',
      '',
    ],
    [
      'an observedGeneration ahead of the generation',
      rollout({ observedGeneration: '7' }),
      'Healthy',
      '',
    ],
    [
      'somebody unpaused it',
      rollout({ controllerPause: true, phase: 'Paused' }),
      'Progressing',
      'waiting for rollout to unpause',
    ],
    [
      'the workload it refers to has moved on',
      rollout(
        { workloadObservedGeneration: '3', phase: 'Healthy' },
        { workloadRef: { kind: 'Deployment', name: 'colors' } },
      ),
      'Progressing',
      'waiting for rollout spec update to be observed for the reference workload',
    ],
    [
      'what the controller says',
      rollout({ phase: 'Degraded', message: 'ProgressDeadlineExceeded: x' }),
      'Degraded',
      'ProgressDeadlineExceeded: x',
    ],
    [
      'an InvalidSpec condition, whatever its status',
      rollout({
        conditions: [
          {
            type: 'InvalidSpec',
            status: 'False',
            reason: 'InvalidSpec',
            message: 'm',
          },
        ],
      }),
      'Degraded',
      'InvalidSpec: m',
    ],
    [
      'an abort',
      rollout({
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'RolloutAborted',
            message: 'm',
          },
        ],
      }),
      'Degraded',
      'RolloutAborted: m',
    ],
    [
      'spec.paused before a pause step',
      rollout(
        { pauseConditions: [{ reason: 'CanaryPauseStep', startTime: 't' }] },
        { paused: true },
      ),
      'Paused',
      'manually paused',
    ],
    [
      'a pause step',
      rollout({
        pauseConditions: [{ reason: 'CanaryPauseStep', startTime: 't' }],
      }),
      'Paused',
      'CanaryPauseStep',
    ],
    [
      'a restart',
      rollout({}, { restartAt: '2026-01-01T00:00:00Z' }),
      'Progressing',
      'rollout is restarting',
    ],
    [
      'too few updated',
      rollout({ updatedReplicas: 4 }),
      'Progressing',
      'more replicas need to be updated',
    ],
    [
      'updated but not available',
      rollout({ availableReplicas: 4 }),
      'Progressing',
      'updated replicas are still becoming available',
    ],
    [
      'blue-green before the switch',
      rollout({ blueGreen: { activeSelector: 'old' } }, blueGreen),
      'Progressing',
      'active service cutover pending',
    ],
    [
      'blue-green after the switch, old still stable',
      rollout(
        { blueGreen: { activeSelector: 'new' }, stableRS: 'old' },
        blueGreen,
      ),
      'Progressing',
      'waiting for analysis to complete',
    ],
    [
      'old pods of an unrouted canary',
      rollout({ replicas: 6 }),
      'Progressing',
      'old replicas are pending termination',
    ],
    [
      'old pods of a routed canary, which wait for their delay',
      rollout(
        { replicas: 6 },
        { strategy: { canary: { trafficRouting: { istio: {} } } } },
      ),
      'Healthy',
      '',
    ],
    [
      'steps to go',
      rollout({ stableRS: 'old' }),
      'Progressing',
      'waiting for all steps to complete',
    ],
    ['nothing to do', rollout({}), 'Healthy', ''],
  ])('%s', (_, input, phase, message) => {
    const annotated = {
      ...input,
      metadata: {
        ...input.metadata,
        annotations: { 'rollout.argoproj.io/workload-generation': '4' },
      },
    };
    expect(rolloutPhase(annotated)).toEqual({ phase, message });
  });
});

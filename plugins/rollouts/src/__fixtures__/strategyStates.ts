import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { actions, revision } from './rollout';
import { paused } from './progressStates';
import { ABORT, IN_PROGRESS } from './stateActions';

export function blueGreen(now: number): RolloutDetail {
  return {
    ...paused(now),
    strategy: 'blueGreen',
    router: undefined,
    message: 'BlueGreenPause',
    sentence:
      'Green is ready behind colors-preview. All requests still go to blue. Waiting for someone to promote.',
    next: 'Promoting sends all requests to green at once.',
    weights: { desired: 0, actual: 0, max: 100, routed: true },
    step: undefined,
    steps: [],
    metrics: [],
    analysisRuns: [],
    pods: {
      desired: 5,
      stable: { desired: 5, ready: 5, available: 5 },
      canary: { desired: 5, ready: 5, available: 5 },
    },
    revisions: [
      revision(now, { revision: 2, role: 'preview' }, 'demo/colors:green', 5),
      revision(now, { revision: 1, role: 'active' }, 'demo/colors:blue', 5),
    ],
    actions: actions({
      ...IN_PROGRESS,
      promote: {
        label: 'Promote to active',
        primary: true,
        consequences: [
          'Sends all requests to green at once.',
          'The pods of blue keep running for 30 s; until then Undo is immediate.',
        ],
      },
      abort: ABORT,
    }),
  };
}

export function replicas(now: number): RolloutDetail {
  return {
    ...paused(now),
    ref: { cluster: 'local', namespace: 'demo', name: 'search' },
    uid: 'search-uid',
    router: undefined,
    sentence:
      'About 20 % of requests go to green (1 pod of 5). Waiting for someone to promote.',
    weights: { desired: 20, actual: 20, max: 100, routed: false },
    pods: {
      desired: 5,
      stable: { desired: 4, ready: 4, available: 4 },
      canary: { desired: 1, ready: 1, available: 1 },
    },
    revisions: [
      revision(now, { revision: 2, role: 'canary' }, 'demo/colors:green', 1),
      revision(now, { revision: 1, role: 'stable' }, 'demo/colors:blue', 4),
    ],
  };
}

import type {
  ClusterView,
  EntityRolloutsResponse,
  RolloutDetail,
  RolloutResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { analysing, experiment } from './analysisStates';
import { manySteps, paused, stale, timedPause } from './progressStates';
import { ago, colors, ownersAccess, readersAccess } from './rollout';
import type { StateName } from './stateNames';
import { blueGreen, replicas } from './strategyStates';
import { degraded, rolledBack } from './troubleStates';

function cluster(now: number, change: Partial<ClusterView> = {}): ClusterView {
  return {
    name: 'local',
    state: 'ready',
    missing: [],
    lastSeen: ago(now, 1),
    rollouts: 2,
    controller: { mode: 'embedded', acting: 'embedded' },
    version: 'v1.32.0',
    ...change,
  };
}

function response(
  now: number,
  rollouts: RolloutResponse[],
  change: Partial<EntityRolloutsResponse> = {},
): EntityRolloutsResponse {
  return {
    entityRef: 'component:default/colors',
    annotated: true,
    rollouts,
    clusters: [cluster(now)],
    refused: [],
    ...change,
  };
}

/** What the backend answers in a state; undefined when it does not. */
export function stateResponse(
  name: StateName,
  now: number,
): EntityRolloutsResponse | undefined {
  const owned = (rollout: RolloutDetail): RolloutResponse[] => [
    { rollout, access: ownersAccess },
  ];
  switch (name) {
    case 'healthy':
      return response(now, owned(colors(now)));
    case 'paused':
      return response(now, owned(paused(now)));
    case 'timed-pause':
      return response(now, owned(timedPause(now)));
    case 'analysing':
      return response(now, owned(analysing(now)));
    case 'rolled-back':
      return response(now, owned(rolledBack(now)));
    case 'degraded':
      return response(now, owned(degraded(now)));
    case 'blue-green':
      return response(now, owned(blueGreen(now)));
    case 'experiment':
      return response(now, owned(experiment(now)));
    case 'replicas':
      return response(now, owned(replicas(now)));
    case 'several':
      return response(now, [...owned(paused(now)), ...owned(replicas(now))]);
    case 'many-steps':
      return response(now, owned(manySteps(now)));
    case 'no-rollouts':
      return response(now, []);
    case 'cluster-down':
      return response(now, owned(paused(now)), {
        clusters: [
          cluster(now),
          cluster(now, { name: 'staging' }),
          cluster(now, {
            name: 'production',
            state: 'unreachable',
            message: 'The connection was refused.',
            remedy:
              'Check that the API server runs and that its address is right.',
          }),
        ],
      });
    case 'read-only':
      return response(now, [{ rollout: paused(now), access: readersAccess }]);
    case 'stale':
      return response(now, owned(stale(now)), {
        clusters: [
          cluster(now, {
            state: 'stale',
            lastSeen: ago(now, 40),
            message: 'The connection was refused.',
          }),
        ],
      });
    default:
      return undefined;
  }
}

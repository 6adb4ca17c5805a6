import type {
  Pod,
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutSources } from './RolloutSources';
import { stuckPods } from './stuckPods';

const replicaSet = (hash: string): ReplicaSet => ({
  metadata: {
    name: `colors-${hash}`,
    uid: `uid-${hash}`,
    labels: { 'rollouts-pod-template-hash': hash },
  },
  spec: { selector: {}, template: { spec: { containers: [] } } },
});
const pod = (reason: string): Pod => ({
  metadata: { name: 'pod' },
  spec: { containers: [] },
  status: {
    phase: 'Pending',
    containerStatuses: [
      {
        name: 'colors',
        state: { waiting: { reason, message: 'no such tag' } },
      },
    ],
  },
});

function sources(podsOf: Record<string, Pod[]>): RolloutSources {
  const rollout: Rollout = {
    metadata: { name: 'colors' },
    spec: {},
    status: { currentPodHash: 'new', stableRS: 'old' },
  };
  return {
    cluster: 'local',
    rollout,
    entityRefs: [],
    replicaSets: [replicaSet('old'), replicaSet('new')],
    podsOf: uid => podsOf[uid] ?? [],
    analysisRuns: [],
    events: [],
    actions: [],
    recorded: new Map(),
    locksOf: () => [],
    controller: 'embedded',
    exists: () => undefined,
  };
}

it('says why pods of the new version cannot start', () => {
  const problems = stuckPods(
    sources({ 'uid-new': [pod('ImagePullBackOff'), pod('ImagePullBackOff')] }),
  );

  expect(problems).toEqual([
    {
      message:
        '2 pods of the new version cannot start: ImagePullBackOff (no such tag).',
      remedy: expect.stringContaining('image'),
    },
  ]);
});

it('leaves out pods that only take their time, and those of other versions', () => {
  const problems = stuckPods(
    sources({
      'uid-new': [pod('ContainerCreating')],
      'uid-old': [pod('CrashLoopBackOff')],
    }),
  );

  expect(problems).toEqual([]);
});

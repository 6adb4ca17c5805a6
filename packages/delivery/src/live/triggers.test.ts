import type {
  Pod,
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { systemClock, type KubeClient } from '@progressive-delivery/kube';
import type { PodMirror } from './podMirror';
import { connectTriggers } from './triggers';
import { ClusterView } from './view';

const owned = (name: string, owner: string) => ({
  name,
  namespace: 'default',
  uid: name,
  ownerReferences: [{ uid: owner, controller: true }],
});

/** What a pod wakes, and what the news that all pods are known. */
function woken(spec: object, annotations = {}) {
  // It is never started: nothing asks a cluster.
  const view = new ClusterView({
    client: {} as KubeClient,
    clock: systemClock,
    onError: error => {
      throw error;
    },
  });
  const { stores } = view;
  stores.rollouts.put({
    metadata: { name: 'colors', namespace: 'default', uid: 'colors' },
    spec,
  } as Rollout);
  const metadata = { ...owned('colors-1', 'colors'), annotations };
  stores.replicaSets.put({
    metadata,
    spec: { replicas: 1 },
  } as unknown as ReplicaSet);
  let keys: string[] = [];
  let tell = () => {};
  const pods: Pick<PodMirror, 'onKnown'> = {
    onKnown: callback => {
      tell = callback;
      return () => {};
    },
  };
  const stop = connectTriggers(
    { stores, routes: view.routes, pods: pods as PodMirror },
    key => keys.push(key),
    () => {},
    () => {},
  );
  stores.pods.put({ metadata: owned('colors-1-a', 'colors-1') } as Pod);
  const byPod = keys;
  keys = [];
  tell();
  stop();
  return { byPod, byNews: [...new Set(keys)] };
}

describe('a change of a pod, and that all are known', () => {
  const stableMetadata = { annotations: { role: 'stable' } };

  it.each<[string, object, object]>([
    [
      'has metadata for a role',
      { strategy: { canary: { stableMetadata } } },
      {},
    ],
    ['restarts', { restartAt: '2026-01-01T00:00:00Z' }, {}],
    [
      'has given its pods metadata',
      {},
      {
        'rollout.argoproj.io/ephemeral-metadata':
          '{"labels":{"role":"canary"}}',
      },
    ],
  ])('wakes its rollout when that %s', (_, spec, annotations) => {
    expect(woken(spec, annotations)).toEqual({
      byPod: ['rollout/default/colors'],
      byNews: ['rollout/default/colors'],
    });
  });

  it('wakes no other rollout', () => {
    expect(woken({ strategy: { canary: {} } })).toEqual({
      byPod: [],
      byNews: [],
    });
  });
});

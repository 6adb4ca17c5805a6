import { StoredObject } from '../../api/clusterApi';
import { planReplicaSet } from './planReplicaSet';

const NOW = Date.UTC(2026, 0, 1, 12);

interface Traits {
  ready?: boolean;
  /** Hours ago. */
  age?: number;
  /** Since how many hours; by default since it was created. */
  readyFor?: number;
  restarts?: number;
  cost?: string;
  nodeName?: string;
}

const pod = (name: string, traits: Traits): StoredObject => {
  const {
    ready = true,
    age = 1,
    readyFor = age,
    restarts = 0,
    cost,
    nodeName = 'node',
  } = traits;
  const hoursAgo = (hours: number) =>
    new Date(NOW - hours * 3_600_000).toISOString();
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      resourceVersion: '1',
      creationTimestamp: hoursAgo(age),
      ...(cost && {
        annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost },
      }),
    },
    spec: { ...(nodeName && { nodeName }) },
    status: {
      phase: 'Running',
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastTransitionTime: hoursAgo(readyFor),
        },
      ],
      containerStatuses: [{ restartCount: restarts }],
    },
  };
};

const replicaSet = (replicas: number): StoredObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name: 'colors',
    uid: 'colors',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: { replicas },
});

describe('scaling a ReplicaSet down', () => {
  it.each<[string, Traits, Traits]>([
    ['a pod without a node', { nodeName: '', age: 5 }, { age: 1 }],
    ['a pod that is not ready', { ready: false, age: 5 }, { age: 1 }],
    ['the cheaper pod', { cost: '-1', age: 5 }, { age: 1 }],
    ['the pod that became ready last', { age: 5, readyFor: 1 }, { age: 2 }],
    ['the youngest pod', { age: 1, readyFor: 1 }, { age: 5, readyFor: 1 }],
    ['the pod with more restarts', { restarts: 3 }, {}],
  ])('takes %s first', (_, goes, stays) => {
    const pods = [pod('stays', stays), pod('goes', goes)];
    const forwards = planReplicaSet(replicaSet(1), pods, NOW);
    const backwards = planReplicaSet(replicaSet(1), [...pods].reverse(), NOW);

    expect(forwards.remove.map(one => one.metadata.name)).toEqual(['goes']);
    expect(backwards.remove.map(one => one.metadata.name)).toEqual(['goes']);
  });
});

describe('a ReplicaSet that is being deleted', () => {
  it('makes no pods for those that go', () => {
    const { metadata, ...rest } = replicaSet(2);
    const deletionTimestamp = new Date(NOW).toISOString();
    const leaving = { ...rest, metadata: { ...metadata, deletionTimestamp } };

    expect(planReplicaSet(leaving, [pod('a', {})], NOW)).toMatchObject({
      create: 0,
      remove: [],
    });
  });
});

describe('the count of available pods', () => {
  it('is looked at again when the next of them has been ready for long enough', () => {
    const { spec, ...rest } = replicaSet(3);
    const slow = { ...rest, spec: { ...spec, minReadySeconds: 4 * 3_600 } };
    const pods = [1, 3, 2].map(age => pod(`ready-for-${age}-h`, { age }));

    expect(planReplicaSet(slow, pods, NOW).wakeAt).toBe(NOW + 3_600_000);
  });
});

import type { ObjectMeta } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AnyObject } from '@progressive-delivery/kube';
import { keepPod, keepRollout } from './projections';

const rollout = (spec: unknown): AnyObject => ({
  metadata: {
    name: 'colors',
    managedFields: [{ manager: 'kubectl' }],
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': '{"password":"x"}',
      team: 'palette',
    },
  } as ObjectMeta,
  spec,
});

describe('what the mirror keeps', () => {
  it('of a rollout: everything but what its pods are made of', () => {
    const kept = keepRollout(
      rollout({
        replicas: 5,
        strategy: { canary: { steps: [{ setWeight: 20 }] } },
        template: {
          metadata: { labels: { app: 'colors' } },
          spec: {
            initContainers: [{ name: 'setup', image: 'setup:1', env: [1] }],
            containers: [
              { name: 'app', image: 'demo/colors:blue', env: [{ value: 'x' }] },
            ],
            volumes: [{}],
          },
        },
      }),
    );
    expect(kept).toEqual({
      metadata: { name: 'colors', annotations: { team: 'palette' } },
      spec: {
        replicas: 5,
        strategy: { canary: { steps: [{ setWeight: 20 }] } },
        template: {
          metadata: { labels: { app: 'colors' } },
          spec: {
            initContainers: [{ name: 'setup', image: 'setup:1' }],
            containers: [{ name: 'app', image: 'demo/colors:blue' }],
          },
        },
      },
    });
  });

  it.each([
    ['no spec', undefined],
    ['no containers', { template: { spec: {} } }],
    [
      'containers that are no list',
      { template: { spec: { containers: 'x' } } },
    ],
    ['an empty template', { template: {} }],
  ])('does not fail on a rollout with %s', (_, spec) => {
    expect(keepRollout(rollout(spec)).metadata.name).toBe('colors');
  });

  it('of a pod: whose it is and how it does', () => {
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: 'rs',
      uid: 'u',
      controller: true,
    };
    const kept = keepPod({
      metadata: {
        name: 'p',
        labels: { app: 'x' },
        ownerReferences: [
          { apiVersion: 'v1', kind: 'Thing', name: 't', uid: 't' },
          owner,
        ],
      },
      status: {
        phase: 'Pending',
        conditions: [
          { type: 'PodScheduled', status: 'True' },
          { type: 'Ready', status: 'False' },
        ],
        containerStatuses: [
          {
            name: 'app',
            ready: false,
            restartCount: 2,
            state: { waiting: { reason: 'ImagePullBackOff' } },
            imageID: 'sha256:0',
          },
        ],
      },
    });
    expect(kept).toEqual({
      metadata: { name: 'p', ownerReferences: [owner] },
      spec: { containers: [] },
      status: {
        phase: 'Pending',
        conditions: [{ type: 'Ready', status: 'False' }],
        containerStatuses: [
          {
            name: 'app',
            ready: false,
            restartCount: 2,
            state: { waiting: { reason: 'ImagePullBackOff' } },
          },
        ],
      },
    });
  });
});

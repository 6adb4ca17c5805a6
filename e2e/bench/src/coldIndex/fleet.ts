import { randomUUID } from 'node:crypto';

/** How many of what a fleet has: two ReplicaSets and ten pods to a rollout. */
export const REPLICA_SETS = 2;
export const PODS = 10;

const MANAGED_FIELDS = [
  {
    manager: 'rollouts-controller',
    operation: 'Update',
    apiVersion: 'argoproj.io/v1alpha1',
    time: '2026-01-01T00:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1: Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`f:field-number-${i}`, {}]),
    ),
  },
];

const POD_TEMPLATE = (app: string) => ({
  metadata: { labels: { app } },
  spec: {
    containers: [
      {
        name: 'main',
        image: `registry.example.com/team/${app}:1.2.3`,
        ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
        env: Array.from({ length: 8 }, (_, i) => ({
          name: `SETTING_${i}`,
          value: `a value of some length, number ${i}`,
        })),
        resources: {
          requests: { cpu: '100m', memory: '128Mi' },
          limits: { memory: '256Mi' },
        },
        readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
      },
    ],
    serviceAccountName: app,
    terminationGracePeriodSeconds: 30,
  },
});

function metadata(name: string, index: number, extra: object) {
  return {
    name,
    namespace: `team-${index % 100}`,
    uid: randomUUID(),
    resourceVersion: `${1000 + index}`,
    generation: 3,
    creationTimestamp: '2026-01-01T00:00:00Z',
    managedFields: MANAGED_FIELDS,
    ...extra,
  };
}

function owned(kind: string, name: string, uid: string) {
  return {
    ownerReferences: [{ apiVersion: 'v1', kind, name, uid, controller: true }],
  };
}

const rolloutUid = (index: number) =>
  `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const replicaSetUid = (index: number) =>
  `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`;

/** Every 25th waits at its first pause for a person; the others are at rest. */
const isPaused = (index: number) => index % 25 === 3;

export function rollout(index: number) {
  const app = `service-${index}`;
  const paused = isPaused(index);
  return {
    metadata: {
      ...metadata(app, index, {
        labels: { app, 'backstage.io/kubernetes-id': app },
      }),
      uid: rolloutUid(index),
    },
    spec: {
      replicas: 5,
      selector: { matchLabels: { app } },
      template: POD_TEMPLATE(app),
      strategy: {
        canary: {
          steps: [20, 40, 60, 80].flatMap(setWeight => [
            { setWeight },
            { pause: paused ? {} : { duration: '10m' } },
          ]),
        },
      },
    },
    status: {
      phase: paused ? 'Paused' : 'Healthy',
      currentPodHash: 'hash1',
      stableRS: paused ? 'hash0' : 'hash1',
      currentStepIndex: paused ? 1 : 8,
      ...(paused && {
        controllerPause: true,
        pauseConditions: [
          { reason: 'CanaryPauseStep', startTime: '2026-01-01T00:00:00Z' },
        ],
      }),
      replicas: 10,
      availableReplicas: 10,
      observedGeneration: '3',
      conditions: ['Available', 'Healthy', 'Progressing', 'Completed'].map(
        type => ({
          type,
          status: 'True',
          reason: 'RolloutHealthy',
          message: 'Rollout is healthy',
          lastTransitionTime: '2026-01-01T00:00:00Z',
          lastUpdateTime: '2026-01-01T00:00:00Z',
        }),
      ),
    },
  };
}

export function replicaSet(index: number) {
  const parent = Math.floor(index / REPLICA_SETS);
  const app = `service-${parent}`;
  const hash = `hash${index % REPLICA_SETS}`;
  return {
    metadata: {
      ...metadata(`${app}-${hash}`, parent, {
        labels: { app, 'rollouts-pod-template-hash': hash },
        annotations: {
          'rollout.argoproj.io/revision': `${1 + (index % REPLICA_SETS)}`,
        },
        ...owned('Rollout', app, rolloutUid(parent)),
      }),
      uid: replicaSetUid(index),
    },
    spec: {
      replicas: 5,
      selector: { matchLabels: { app } },
      template: POD_TEMPLATE(app),
    },
    status: { replicas: 5, readyReplicas: 5, availableReplicas: 5 },
  };
}

export function pod(index: number) {
  const set = Math.floor(index / (PODS / REPLICA_SETS));
  const parent = Math.floor(set / REPLICA_SETS);
  const app = `service-${parent}`;
  const hash = `hash${set % REPLICA_SETS}`;
  return {
    metadata: metadata(`${app}-${hash}-${index % PODS}`, parent, {
      labels: { app, 'rollouts-pod-template-hash': hash },
      ...owned('ReplicaSet', `${app}-${hash}`, replicaSetUid(set)),
    }),
    spec: { ...POD_TEMPLATE(app).spec, nodeName: `node-${index % 50}` },
    status: {
      phase: 'Running',
      podIP: '10.0.0.1',
      startTime: '2026-01-01T00:00:00Z',
      conditions: [
        'PodScheduled',
        'Initialized',
        'ContainersReady',
        'Ready',
      ].map(type => ({
        type,
        status: 'True',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      })),
      containerStatuses: [
        {
          name: 'main',
          image: `registry.example.com/team/${app}:1.2.3`,
          ready: true,
          started: true,
          restartCount: 0,
          state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
        },
      ],
    },
  };
}

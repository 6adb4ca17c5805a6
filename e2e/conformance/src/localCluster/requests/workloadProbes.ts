import {
  apps,
  batch,
  type Condition,
  core,
  type Probe,
  template,
  verdict,
} from './probe';
import type { RawApi } from './rawApi';

const job = (name: string, spec: object, command: string[]) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    backoffLimit: 0,
    ...spec,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'c', image: 'alpine', command }],
      },
    },
  },
});

async function ended(
  api: RawApi,
  namespace: string,
  body: { metadata: { name: string } },
) {
  await api.post(batch(namespace, 'jobs'), body);
  const answer = await api.when(
    batch(namespace, 'jobs', body.metadata.name),
    each =>
      each.body.status?.conditions?.some(
        ({ type, status }: Condition) =>
          ['Complete', 'Failed'].includes(type) && status === 'True',
      ),
  );
  const {
    conditions,
    succeeded,
    failed,
    active,
    ready,
    terminating,
    uncountedTerminatedPods,
  } = answer.body.status;
  return {
    conditions: conditions.map(({ type, status, reason }: Condition) => [
      type,
      status,
      reason,
    ]),
    ...{
      succeeded,
      failed,
      active,
      ready,
      terminating,
      uncountedTerminatedPods,
    },
  };
}

/** The controllers of workloads. */
export const WORKLOAD_PROBES: readonly Probe[] = [
  {
    what: 'a ReplicaSet takes in pods that match, and lets go of those that do not',
    async ask(api, namespace) {
      const pods = core(namespace, 'pods');
      await api.post(pods, {
        ...template('rs'),
        metadata: { name: 'stray', labels: { app: 'rs' } },
      });
      await api.post(apps(namespace, 'replicasets'), {
        metadata: { name: 'rs' },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: 'rs' } },
          template: template('rs'),
        },
      });
      const set = apps(namespace, 'replicasets', 'rs');
      await api.when(set, ({ body }) => body.status?.replicas === 2);
      const adopted = await api.when(`${pods}/stray`, ({ body }) =>
        Boolean(body.metadata.ownerReferences),
      );
      await api.patch(`${pods}/stray`, {
        metadata: { labels: { app: 'other' } },
      });
      const released = await api.when(
        `${pods}/stray`,
        ({ body }) => !body.metadata.ownerReferences,
      );
      const { body } = await api.when(
        set,
        each => each.body.status?.readyReplicas === 2,
      );
      const all = await api.get(`${pods}?labelSelector=app%3Drs`);
      return [
        adopted.body.metadata.ownerReferences?.map(
          ({ kind, name, controller, blockOwnerDeletion }) => [
            kind,
            name,
            controller,
            blockOwnerDeletion,
          ],
        ),
        released.status,
        all.body.items?.length,
        body.status,
      ];
    },
  },
  {
    what: 'a budget refuses an eviction',
    async ask(api, namespace) {
      await api.post(apps(namespace, 'replicasets'), {
        metadata: { name: 'rs' },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'rs' } },
          template: template('rs'),
        },
      });
      await api.post(
        `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`,
        {
          metadata: { name: 'budget' },
          spec: { minAvailable: 1, selector: { matchLabels: { app: 'rs' } } },
        },
      );
      await api.when(
        apps(namespace, 'replicasets', 'rs'),
        ({ body }) => body.status?.readyReplicas === 1,
      );
      const budget = await api.when(
        `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets/budget`,
        ({ body }) => body.status?.currentHealthy === 1,
      );
      const { body } = await api.get(core(namespace, 'pods'));
      const name = body.items?.[0]?.metadata.name;
      const evict = (pod: string) =>
        api.post(`${core(namespace, 'pods', pod)}/eviction`, {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name: pod },
        });
      const refused = await evict(name);
      const {
        conditions,
        observedGeneration: _,
        ...status
      } = budget.body.status;
      return [
        verdict(refused),
        refused.headers['retry-after'],
        status,
        conditions?.map(({ type, status: is, reason }: Condition) => [
          type,
          is,
          reason,
        ]),
        verdict(await evict('none')),
      ];
    },
  },
  ...(
    [
      ['a Job that succeeds', job('one', {}, ['sh', '-c', 'exit 0'])],
      [
        'a Job of several',
        job('some', { completions: 3, parallelism: 2 }, ['sh', '-c', 'exit 0']),
      ],
      ['a Job that fails', job('bad', {}, ['sh', '-c', 'exit 1'])],
      [
        'a Job that takes too long',
        job('long', { activeDeadlineSeconds: 2 }, ['sleep', '60']),
      ],
      [
        'an indexed Job',
        job('indexed', { completions: 2, completionMode: 'Indexed' }, [
          'sh',
          '-c',
          'exit 0',
        ]),
      ],
    ] as const
  ).map(([what, body]) => ({
    what,
    ask: (api: RawApi, namespace: string) => ended(api, namespace, body),
  })),
  {
    what: 'a suspended Job',
    async ask(api, namespace) {
      const path = batch(namespace, 'jobs', 'later');
      await api.post(
        batch(namespace, 'jobs'),
        job('later', { suspend: true }, ['sh', '-c', 'exit 0']),
      );
      const { body } = await api.when(
        path,
        each => each.body.status?.conditions?.length > 0,
      );
      const pods = await api.get(core(namespace, 'pods'));
      return [
        body.status.conditions.map(({ type, status, reason }: Condition) => [
          type,
          status,
          reason,
        ]),
        body.status.active,
        body.status.startTime,
        pods.body.items?.length,
      ];
    },
  },
  {
    what: 'a Deployment that is changed again before it is done',
    async ask(api, namespace) {
      const at = apps(namespace, 'deployments', 'd');
      // Each one is taken up before the next one comes.
      const image = async (name: string) => {
        await api.patch(at, {
          spec: { template: template('d', { image: name }) },
        });
        await api.when(
          at,
          ({ body: { status, metadata } }) =>
            status?.observedGeneration === metadata.generation,
        );
      };
      await api.post(apps(namespace, 'deployments'), {
        metadata: { name: 'd' },
        spec: {
          replicas: 3,
          selector: { matchLabels: { app: 'd' } },
          template: template('d'),
        },
      });
      const isDone = ({
        body: { status, metadata, spec },
      }: Awaited<ReturnType<RawApi['get']>>) =>
        status?.observedGeneration === metadata.generation &&
        status?.updatedReplicas === spec?.replicas &&
        status?.availableReplicas === spec?.replicas &&
        status?.replicas === spec?.replicas;
      await api.when(at, isDone);
      await image('demo/colors:broken-1');
      await image('demo/colors:broken-2');
      await image('demo/colors:green');
      const { body } = await api.when(at, isDone);
      const sets = await api.get(apps(namespace, 'replicasets'));
      return [
        body.metadata.annotations,
        sets.body.items
          ?.map(
            ({
              metadata,
              spec,
            }: {
              metadata: { annotations: Record<string, string> };
              spec: { replicas: number };
            }) => [
              metadata.annotations['deployment.kubernetes.io/revision'],
              spec.replicas,
            ],
          )
          .sort(),
      ];
    },
  },
];

import { type Condition, configMap, core, type Probe, verdict } from './probe';
import type { RawApi } from './rawApi';

const owner = (
  of: { metadata: { name: string; uid?: string } },
  more: object = {},
) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: of.metadata.name,
  uid: of.metadata.uid,
  ...more,
});

/** An owner with one that belongs to it. */
async function family(api: RawApi, namespace: string, more: object = {}) {
  const maps = core(namespace, 'configmaps');
  const { body } = await api.post(maps, configMap('parent'));
  await api.post(
    maps,
    configMap('child', {
      metadata: {
        name: 'child',
        ownerReferences: [owner(body as never, more)],
      },
    }),
  );
  return { parent: `${maps}/parent`, child: `${maps}/child`, body };
}

const isGone = ({ status }: { status: number }) => status === 404;

/** Garbage collection, and the end of namespaces. */
export const GARBAGE_PROBES: readonly Probe[] = [
  {
    what: 'the background takes what belongs to it',
    async ask(api, namespace) {
      const { parent, child } = await family(api, namespace);
      const answer = await api.delete(parent, {
        propagationPolicy: 'Background',
      });
      await api.when(child, isGone);
      return verdict(answer);
    },
  },
  {
    what: 'orphans stay, without an owner',
    async ask(api, namespace) {
      const { parent, child } = await family(api, namespace);
      await api.delete(parent, { propagationPolicy: 'Orphan' });
      await api.when(parent, isGone);
      const { status, body } = await api.get(child);
      return [status, body.metadata.ownerReferences];
    },
  },
  {
    what: 'the foreground waits for who blocks it',
    async ask(api, namespace) {
      const { parent, child } = await family(api, namespace, {
        blockOwnerDeletion: true,
      });
      await api.patch(child, {
        metadata: { finalizers: ['example.com/hold'] },
      });
      const answer = await api.delete(parent, {
        propagationPolicy: 'Foreground',
      });
      await api.when(child, ({ body }) =>
        Boolean(body.metadata.deletionTimestamp),
      );
      const held = await api.get(parent);
      await api.patch(child, { metadata: { finalizers: null } });
      await api.when(parent, isGone);
      return [
        answer.status,
        answer.body.metadata?.finalizers,
        held.status,
        (await api.get(child)).status,
      ];
    },
  },
  {
    what: 'the foreground does not wait for who does not block it',
    async ask(api, namespace) {
      const { parent, child } = await family(api, namespace);
      await api.patch(child, {
        metadata: { finalizers: ['example.com/hold'] },
      });
      await api.delete(parent, { propagationPolicy: 'Foreground' });
      await api.when(parent, isGone);
      const left = await api.get(child);
      await api.patch(child, { metadata: { finalizers: null } });
      return left.status;
    },
  },
  {
    what: 'who has another owner stays',
    async ask(api, namespace) {
      const maps = core(namespace, 'configmaps');
      const one = await api.post(maps, configMap('one'));
      const two = await api.post(maps, configMap('two'));
      await api.post(
        maps,
        configMap('child', {
          metadata: {
            name: 'child',
            ownerReferences: [
              owner(one.body as never),
              owner(two.body as never),
            ],
          },
        }),
      );
      await api.delete(`${maps}/one`, { propagationPolicy: 'Background' });
      const { body } = await api.when(
        `${maps}/child`,
        each => each.body.metadata.ownerReferences?.length === 1,
      );
      return body.metadata.ownerReferences?.map(({ name }) => name);
    },
  },
  {
    what: 'who belongs to what never was goes',
    async ask(api, namespace) {
      const maps = core(namespace, 'configmaps');
      const never = {
        metadata: {
          name: 'never',
          uid: '00000000-0000-4000-8000-000000000000',
        },
      };
      await api.post(
        maps,
        configMap('child', {
          metadata: { name: 'child', ownerReferences: [owner(never)] },
        }),
      );
      return (await api.when(`${maps}/child`, isGone)).status;
    },
  },
  {
    what: 'a namespace that goes takes nothing new',
    async ask(api, namespace) {
      const name = `${namespace}-going`;
      await api.post('/api/v1/namespaces', { metadata: { name } });
      await api.post(
        core(name, 'configmaps'),
        configMap('hold', {
          metadata: { name: 'hold', finalizers: ['example.com/hold'] },
        }),
      );
      await api.delete(`/api/v1/namespaces/${name}`);
      const refused = await api.post(
        core(name, 'configmaps'),
        configMap('more'),
      );
      const { body } = await api.when(`/api/v1/namespaces/${name}`, each =>
        each.body.status?.conditions?.some(
          ({ type, status }: Condition) =>
            type === 'NamespaceFinalizersRemaining' && status === 'True',
        ),
      );
      await api.patch(core(name, 'configmaps', 'hold'), {
        metadata: { finalizers: null },
      });
      await api.when(`/api/v1/namespaces/${name}`, isGone);
      return [
        verdict(refused),
        body.status.phase,
        body.status.conditions.map(({ type, status, reason }: Condition) => [
          type,
          status,
          reason,
        ]),
      ];
    },
  },
];

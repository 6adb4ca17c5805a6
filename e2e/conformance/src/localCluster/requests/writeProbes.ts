import {
  apps,
  configMap,
  core,
  type Probe,
  template,
  verdict,
  outcome,
} from './probe';
import type { Answer } from './rawApi';

const maps = (namespace: string, name = '') =>
  core(namespace, 'configmaps', name);
const deployment = (name: string, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: template(name),
    ...spec,
  },
});
const managersOf = ({ managedFields = [] }: Answer['body']['metadata']) =>
  managedFields.map(({ manager, operation, subresource, fieldsV1 }) => ({
    ...{ manager, operation, subresource, fieldsV1 },
  }));

/** Creating, changing, applying, and what is wrong with it. */
export const WRITE_PROBES: readonly Probe[] = [
  {
    what: 'what cannot be created',
    ask: async (api, namespace) => {
      const create = (body: unknown, query = '', type?: string) =>
        api.post(`${maps(namespace)}${query}`, body, { type });
      const named = (metadata: object) =>
        configMap('a', { metadata: { name: 'a', ...metadata } });
      return [
        outcome(await create({ ...configMap('a'), kind: 'Secret' })),
        outcome(await create({ ...configMap('a'), apiVersion: 'v2' })),
        verdict(await create({ ...configMap('a'), metadata: {} })),
        verdict(await create(named({ namespace: 'b' }))),
        verdict(await create(named({ resourceVersion: '1' }))),
        outcome(await create('{"kind": ')),
        outcome(await create(configMap('a', { data: { k: 1 } }))),
        verdict(await create(configMap('a', { data: { 'k k': 'v' } }))),
        outcome(await create('x', '', 'text/plain')),
        verdict(await create(configMap('a'), '?dryRun=Nonsense')),
        verdict(await create(configMap('a'), '?fieldManager=%20%0A')),
        verdict(await create(configMap('a'), '?fieldValidation=Nonsense')),
      ];
    },
  },
  {
    what: 'a name that is made up',
    async ask(api, namespace) {
      const { status, body } = await api.post(maps(namespace), {
        ...configMap(''),
        metadata: { generateName: 'made-up-' },
      });
      return [
        status,
        /^made-up-[a-z0-9]{5}$/.test(body.metadata.name),
        body.metadata.generateName,
      ];
    },
  },
  {
    what: 'a dry run',
    async ask(api, namespace) {
      const created = await api.post(
        `${maps(namespace)}?dryRun=All`,
        configMap('a'),
      );
      const found = await api.get(maps(namespace, 'a'));
      await api.post(maps(namespace), configMap('a'));
      const deleted = await api.delete(`${maps(namespace, 'a')}?dryRun=All`);
      return [
        created.status,
        Boolean(created.body.metadata.uid),
        found.status,
        deleted.status,
        (await api.get(maps(namespace, 'a'))).status,
      ];
    },
  },
  {
    what: 'writes with preconditions',
    async ask(api, namespace) {
      const { body } = await api.post(maps(namespace), configMap('a'));
      const put = (metadata: object) =>
        api.put(maps(namespace, 'a'), { ...configMap('a'), metadata });
      return [
        verdict(await put({ name: 'a', resourceVersion: '1' })),
        outcome(await put({ name: 'a', uid: 'other' })),
        verdict(await put({ name: 'b' })),
        verdict(
          await api.patch(maps(namespace, 'a'), {
            metadata: { resourceVersion: '1' },
          }),
        ),
        verdict(
          await api.delete(maps(namespace, 'a'), {
            preconditions: { uid: 'other' },
          }),
        ),
        verdict(
          await api.delete(maps(namespace, 'a'), {
            preconditions: { resourceVersion: '1' },
          }),
        ),
        verdict(
          await api.delete(maps(namespace, 'a'), {
            propagationPolicy: 'Nonsense',
          }),
        ),
        verdict(
          await api.delete(maps(namespace, 'a'), {
            preconditions: { uid: body.metadata.uid },
          }),
        ),
      ].map(each =>
        JSON.stringify(each)
          .replaceAll(String(body.metadata.uid), '<uid>')
          .replace(/in record \(\d+\)/, 'in record'),
      );
    },
  },
  {
    what: 'a patch that says another uid',
    documented: 'It is a conflict here, as it is in an update.',
    async ask(api, namespace) {
      await api.post(maps(namespace), configMap('a'));
      return outcome(
        await api.patch(maps(namespace, 'a'), { metadata: { uid: 'other' } }),
      );
    },
  },
  {
    what: 'patches of each type, and of none',
    async ask(api, namespace) {
      await api.post(apps(namespace, 'deployments'), deployment('d'));
      const at = apps(namespace, 'deployments', 'd');
      const containers = ({ body }: Answer) =>
        body.spec?.template.spec.containers.map(
          ({ name, image }: Record<string, string>) => [name, image],
        );
      const more = {
        spec: {
          template: { spec: { containers: [{ name: 'more', image: 'b' }] } },
        },
      };
      const strategic = await api.patch(at, more, 'strategic');
      const merge = await api.patch(at, more, 'merge');
      return [
        containers(strategic),
        containers(merge),
        outcome(
          await api.patch(
            at,
            [{ op: 'replace', path: '/spec/nothing/there', value: 1 }],
            'json',
          ),
        ),
        outcome(await api.patch(at, [{ op: 'nonsense' }], 'json')),
        outcome(await api.patch(at, 'nonsense', 'merge')),
        (await api.ask('PATCH', at, { body: {}, type: 'application/json' }))
          .status,
        verdict(
          await api.patch(`${core(namespace, 'configmaps')}/none`, {}, 'merge'),
        ),
        verdict(
          await api.patch(at, {
            spec: { selector: { matchLabels: { app: 'x' } } },
          }),
        ),
        verdict(await api.patch(at, { spec: { replicas: -1 } })),
        outcome(await api.patch(at, { spec: { replicas: 'x' } })),
      ];
    },
  },
  {
    what: 'applying from two sides',
    async ask(api, namespace) {
      const apply = (manager: string, data: object, query = '') =>
        api.patch(
          `${maps(namespace, 'a')}?fieldManager=${manager}${query}`,
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'a' },
            data,
          },
          'apply',
        );
      const first = await apply('one', { x: '1', y: '1' });
      const second = await apply('two', { z: '2' });
      const conflict = await apply('two', { x: '2', z: '2' });
      const forced = await apply('two', { x: '2', z: '2' }, '&force=true');
      const fewer = await apply('one', { y: '1' });
      const none = await apply('two', {});
      return [
        first.status,
        managersOf(first.body.metadata),
        second.status,
        verdict(conflict),
        forced.body.data,
        managersOf(forced.body.metadata),
        fewer.body.data,
        none.body.data,
        managersOf(none.body.metadata),
      ];
    },
  },
  {
    what: 'what cannot be applied',
    async ask(api, namespace) {
      const at = maps(namespace, 'a');
      const apply = async (query: string, body: object) =>
        verdict(await api.patch(`${at}${query}`, body, 'apply'));
      return [
        await apply('', configMap('a')),
        await apply('?fieldManager=one', { metadata: { name: 'a' } }),
        await apply('?fieldManager=one', configMap('b')),
        await apply('?fieldManager=one', {
          ...configMap('a'),
          metadata: { name: 'a', managedFields: [{ manager: 'x' }] },
        }),
        await apply('?fieldManager=one', {
          ...configMap('a'),
          metadata: { name: 'a', uid: 'other' },
        }),
        verdict(await api.patch(`${at}?force=true`, {}, 'merge')),
      ];
    },
  },
  {
    what: 'lists that are applied by their keys',
    async ask(api, namespace) {
      const at = apps(namespace, 'deployments', 'd');
      const apply = (manager: string, containers: object[]) =>
        api.patch(
          `${at}?fieldManager=${manager}`,
          deployment('d', {
            replicas: 0,
            template: {
              metadata: { labels: { app: 'd' } },
              spec: { containers },
            },
          }),
          'apply',
        );
      const [a, b] = [
        { name: 'a', image: 'a', env: [{ name: 'X', value: '1' }] },
        { name: 'b', image: 'b', ports: [{ containerPort: 80 }] },
      ];
      await apply('one', [a, b]);
      const other = await apply('two', [
        { ...a, env: [{ name: 'Y', value: '2' }] },
      ]);
      const fewer = await apply('one', [a]);
      return [other, fewer].map(({ status, body }) => [
        status,
        body.spec?.template.spec.containers.map(
          ({ name, env, ports }: Record<string, unknown>) => [name, env, ports],
        ),
      ]);
    },
  },
  {
    what: 'fields that there are not, and fields twice',
    async ask(api, namespace) {
      const odd = {
        ...deployment('odd'),
        spec: { ...deployment('odd').spec, nope: 1 },
      };
      const twice = JSON.stringify(configMap('twice')).replace(
        '"data":',
        '"data":{"key":"first"},"data":',
      );
      const results: unknown[] = [];
      for (const how of ['Strict', 'Warn', 'Ignore', '']) {
        const query = `?dryRun=All${how && `&fieldValidation=${how}`}`;
        for (const [plural, body] of [
          [apps(namespace, 'deployments'), odd],
          [maps(namespace), twice],
        ] as const) {
          const answer = await api.post(`${plural}${query}`, body);
          results.push([how, verdict(answer), answer.headers.warning]);
        }
      }
      return results;
    },
  },
  {
    what: 'YAML',
    async ask(api, namespace) {
      const yaml =
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yam\ndata:\n  a: "1"\n';
      const { status, body } = await api.post(maps(namespace), yaml, {
        type: 'application/yaml',
      });
      return [status, body.data];
    },
  },
  {
    what: 'subresources of a Deployment',
    async ask(api, namespace) {
      const at = apps(namespace, 'deployments', 'd');
      await api.post(
        apps(namespace, 'deployments'),
        deployment('d', { paused: true, replicas: 0 }),
      );
      const scaled = await api.patch(`${at}/scale`, { spec: { replicas: 0 } });
      const { body } = await api.get(`${at}/scale`);
      const status = await api.patch(`${at}/status`, {
        spec: { replicas: 9 },
        status: { observedGeneration: 1 },
      });
      return [
        scaled.status,
        body.kind,
        body.apiVersion,
        // Kubernetes leaves a zero out.
        body.spec?.replicas ?? 0,
        body.status?.selector,
        status.status,
        status.body.spec?.replicas,
        verdict(await api.patch(`${at}/scale`, { spec: { replicas: -1 } })),
        verdict(await api.get(`${at}/nope`)),
      ];
    },
  },
  {
    what: 'deleting some',
    async ask(api, namespace) {
      for (const name of ['a', 'b', 'c']) {
        const labels = { group: name === 'c' ? 'other' : 'this' };
        await api.post(
          maps(namespace),
          configMap(name, { metadata: { name, labels } }),
        );
      }
      const answer = await api.delete(
        `${maps(namespace)}?labelSelector=group%3Dthis`,
      );
      const { body } = await api.get(`${maps(namespace)}?labelSelector=group`);
      return [
        answer.status,
        answer.body.kind,
        body.items?.map(
          ({ metadata }: { metadata: { name: string } }) => metadata.name,
        ),
      ];
    },
  },
];

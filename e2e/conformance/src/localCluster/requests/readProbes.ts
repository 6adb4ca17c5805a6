import { core, outcome, type Probe, verdict } from './probe';
import type { RawApi } from './rawApi';

const secrets = (namespace: string) => core(namespace, 'secrets');
const secret = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  data: { key: 'dmFsdWU=' },
});

/** Five Secrets: a cluster puts none of its own beside them. */
async function five(api: RawApi, namespace: string) {
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await api.post(secrets(namespace), secret(name));
  }
}

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const PARTIAL =
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
const names = (items: { metadata: { name: string } }[] | undefined) =>
  items?.map(({ metadata }) => metadata.name);

interface Subresource {
  subresource: string;
  verbs: string[];
  responseKind: { kind: string };
}

/** Lists, tables and watches. */
export const READ_PROBES: readonly Probe[] = [
  {
    what: 'a list in chunks',
    async ask(api, namespace) {
      await five(api, namespace);
      const first = await api.get(`${secrets(namespace)}?limit=2`);
      const token = encodeURIComponent(first.body.metadata.continue ?? '');
      await api.delete(`${secrets(namespace)}/c`);
      const second = await api.get(
        `${secrets(namespace)}?limit=2&continue=${token}`,
      );
      return [first, second].map(({ body }) => [
        names(body.items),
        body.metadata.remainingItemCount,
        Boolean(body.metadata.continue),
        body.metadata.resourceVersion === first.body.metadata.resourceVersion,
      ]);
    },
  },
  {
    what: 'a continue token that is none',
    ask: async (api, namespace) =>
      outcome(await api.get(`${secrets(namespace)}?limit=2&continue=nonsense`)),
  },
  {
    what: 'a continue token together with a version',
    async ask(api, namespace) {
      await five(api, namespace);
      const { body } = await api.get(`${secrets(namespace)}?limit=2`);
      const token = encodeURIComponent(body.metadata.continue ?? '');
      return verdict(
        await api.get(
          `${secrets(namespace)}?limit=2&resourceVersion=1&continue=${token}`,
        ),
      );
    },
  },
  ...[
    'resourceVersionMatch=Exact',
    'resourceVersionMatch=Exact&resourceVersion=0',
    'resourceVersionMatch=Nonsense&resourceVersion=1',
    'resourceVersion=abc',
    'limit=abc',
    'fieldSelector=nope%3Dx',
    'resourceVersionMatch=NotOlderThan&resourceVersion=0',
  ].map(query => ({
    what: `a list with ?${query}`,
    ask: async (api: RawApi, namespace: string) =>
      verdict(await api.get(`${secrets(namespace)}?${query}`)),
  })),
  {
    what: 'a list as of an earlier version',
    async ask(api, namespace) {
      await five(api, namespace);
      const { body } = await api.get(secrets(namespace));
      await api.delete(`${secrets(namespace)}/b`);
      const version = body.metadata.resourceVersion;
      const query = (match: string) =>
        api.get(
          `${secrets(namespace)}?resourceVersionMatch=${match}&resourceVersion=${version}`,
        );
      const [exact, newer] = [
        await query('Exact'),
        await query('NotOlderThan'),
      ];
      return [
        names(exact.body.items),
        exact.body.metadata.resourceVersion === version,
        newer.status,
      ];
    },
  },
  {
    what: 'a table of Secrets',
    async ask(api, namespace) {
      await five(api, namespace);
      const look = async (query: string) => {
        const { status, body } = await api.get(
          `${secrets(namespace)}${query}`,
          {
            accept: TABLE,
          },
        );
        return {
          status,
          kind: body.kind,
          columns: body.columnDefinitions?.map(
            ({ name, type, format, priority }: Record<string, unknown>) => ({
              ...{ name, type, format, priority },
            }),
          ),
          rows: body.rows?.map(
            ({ cells, object }: { cells: unknown[]; object?: object }) => [
              cells.slice(0, 3),
              Object.keys(object ?? {}).sort(),
            ],
          ),
        };
      };
      return [
        await look('?labelSelector=none'),
        await look('?fieldSelector=metadata.name=a'),
        await look('?fieldSelector=metadata.name=a&includeObject=None'),
        await look('?fieldSelector=metadata.name=a&includeObject=Object'),
        await look('/a'),
      ];
    },
  },
  {
    what: 'metadata only',
    async ask(api, namespace) {
      await five(api, namespace);
      const { status, body } = await api.get(`${secrets(namespace)}?limit=1`, {
        accept: PARTIAL,
      });
      return [
        status,
        body.kind,
        body.apiVersion,
        Object.keys(body.items?.[0] ?? {}).sort(),
      ];
    },
  },
  {
    what: 'an answer in a form that there is not',
    ask: async (api, namespace) =>
      outcome(await api.get(secrets(namespace), { accept: 'text/plain' })),
  },
  {
    what: 'a watch that begins with what is there',
    async ask(api, namespace) {
      await five(api, namespace);
      const events = await api.watch(
        `${secrets(namespace)}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&fieldSelector=metadata.name!=none&timeoutSeconds=20`,
        7,
        async () => {
          await api.post(secrets(namespace), secret('f'));
        },
      );
      return events
        .map(({ type, object }) => [
          type,
          object.metadata.name ?? '',
          object.metadata.annotations ?? {},
        ])
        .sort();
    },
  },
  {
    what: 'a watch that begins with what is there, asked for wrongly',
    ask: async (api, namespace) =>
      verdict(
        await api.get(
          `${secrets(namespace)}?watch=1&sendInitialEvents=true&timeoutSeconds=2`,
        ),
      ),
  },
  {
    what: 'a selector that cannot be read',
    ask: async (api, namespace) => [
      outcome(await api.get(`${secrets(namespace)}?labelSelector=a,,b`)),
      outcome(await api.get(`${secrets(namespace)}?labelSelector=a+in+(b`)),
    ],
  },
  {
    what: 'a watch from a version that is none',
    documented: 'Kubernetes answers 500 to what the client has done wrong.',
    ask: async (api, namespace) =>
      verdict(
        await api.get(
          `${secrets(namespace)}?watch=1&resourceVersion=abc&timeoutSeconds=2`,
        ),
      ),
  },
  {
    what: 'a watch of objects that begin and cease to match',
    async ask(api, namespace) {
      const { body } = await api.get(secrets(namespace));
      const path = `${secrets(namespace)}?watch=1&labelSelector=on%3Dyes&timeoutSeconds=15&resourceVersion=${body.metadata.resourceVersion}`;
      const events = await api.watch(path, 4, async () => {
        const label = (on: string | null) =>
          api.patch(`${secrets(namespace)}/x`, {
            metadata: { labels: { on } },
          });
        await api.post(secrets(namespace), secret('x'));
        await label('yes');
        await api.patch(`${secrets(namespace)}/x`, {
          data: { key: 'b3RoZXI=' },
        });
        await label(null);
        await label('yes');
        await api.delete(`${secrets(namespace)}/x`);
      });
      return events.map(({ type, object }) => [
        type,
        object.metadata.labels,
        object.data,
      ]);
    },
  },
  {
    what: 'discovery of all groups at once',
    async ask(api) {
      const { status, body, headers } = await api.get('/apis', {
        accept:
          'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
      });
      const group = body.items?.find(
        (each: { metadata: { name: string } }) => each.metadata.name === 'apps',
      );
      const deployments = group?.versions?.[0]?.resources?.find(
        (each: { resource: string }) => each.resource === 'deployments',
      );
      return [
        status,
        body.kind,
        body.apiVersion,
        headers['content-type'],
        group?.versions?.map(
          ({ version, freshness }: Record<string, string>) => [
            version,
            freshness,
          ],
        ),
        // A kind of the same group and version may say so or leave it out.
        {
          ...deployments,
          responseKind: deployments?.responseKind?.kind,
          subresources: deployments?.subresources?.map(
            ({ subresource, verbs, responseKind }: Subresource) => [
              subresource,
              verbs,
              responseKind.kind,
            ],
          ),
        },
      ];
    },
  },
  {
    what: 'a path that there is not',
    ask: async api => [
      (await api.get('/apis/nope.example.com/v1/things')).status,
      (await api.get('/api/v1/namespaces/default/nothings')).status,
      (await api.get('/nope')).status,
    ],
  },
];

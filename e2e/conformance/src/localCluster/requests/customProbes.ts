import { core, outcome, type Probe, verdict } from './probe';
import type { RawApi } from './rawApi';

/** A definition of its own for each probe; kinds are of the whole cluster. */
function definition(plural: string, spec: object, more: object = {}) {
  const kind = `${plural[0]?.toUpperCase()}${plural.slice(1)}`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.probes.example.com` },
    spec: {
      group: 'probes.example.com',
      scope: 'Namespaced',
      names: { kind, plural },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: { type: 'object', properties: { spec } },
          },
          ...more,
        },
      ],
    },
  };
}

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

async function serve(
  api: RawApi,
  plural: string,
  spec: object,
  more: object = {},
) {
  const answer = await api.post(CRDS, definition(plural, spec, more));
  if (answer.status >= 300) return { answer, create: undefined };
  await api.when(`${CRDS}/${plural}.probes.example.com`, ({ body }) =>
    body.status?.conditions?.some(
      ({ type, status }: Record<string, string>) =>
        type === 'Established' && status === 'True',
    ),
  );
  return { answer };
}

const of = (namespace: string, plural: string, name = '') =>
  core(namespace, plural, name).replace(
    '/api/v1',
    '/apis/probes.example.com/v1',
  );

const thing = (plural: string, spec: object, metadata: object = {}) => ({
  apiVersion: 'probes.example.com/v1',
  kind: `${plural[0]?.toUpperCase()}${plural.slice(1)}`,
  metadata: { name: 'one', ...metadata },
  spec,
});

/** Kinds of one's own: schemas, defaults, pruning, rules and subresources. */
export const CUSTOM_PROBES: readonly Probe[] = [
  {
    what: 'defaults, and what is pruned',
    async ask(api, namespace) {
      await serve(api, 'defaults', {
        type: 'object',
        default: {},
        properties: {
          level: { type: 'integer', default: 3 },
          nested: {
            type: 'object',
            default: { on: true },
            properties: {
              on: { type: 'boolean' },
              by: { type: 'string', default: 'me' },
            },
          },
          free: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
          list: {
            type: 'array',
            items: {
              type: 'object',
              properties: { a: { type: 'string', default: 'x' } },
            },
          },
          nothing: { type: 'string', nullable: true },
          never: { type: 'string', default: 'd' },
        },
      });
      const path = of(namespace, 'defaults');
      const first = await api.post(path, {
        ...thing('defaults', {
          free: { any: 1 },
          list: [{ b: 1 }],
          nope: 1,
          nothing: null,
          never: null,
        }),
        more: 1,
      });
      const second = await api.post(path, {
        apiVersion: 'probes.example.com/v1',
        kind: 'Defaults',
        metadata: { name: 'two' },
      });
      return [first, second].map(({ status, body }) => [
        status,
        body.spec,
        body.more,
      ]);
    },
  },
  {
    what: 'what a schema refuses',
    async ask(api, namespace) {
      await serve(api, 'bounds', {
        type: 'object',
        required: ['size'],
        properties: {
          size: { type: 'integer', minimum: 1, maximum: 5 },
          half: { type: 'number', multipleOf: 0.5 },
          name: {
            type: 'string',
            minLength: 2,
            maxLength: 4,
            pattern: '^[a-z]+$',
          },
          kind: { type: 'string', enum: ['a', 'b'] },
          list: {
            type: 'array',
            minItems: 1,
            maxItems: 2,
            items: { type: 'string' },
          },
          set: {
            type: 'array',
            'x-kubernetes-list-type': 'set',
            items: { type: 'string' },
          },
          map: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['key'],
            items: {
              type: 'object',
              required: ['key'],
              properties: { key: { type: 'string' } },
            },
          },
          either: {
            type: 'object',
            properties: { a: { type: 'string' }, b: { type: 'string' } },
            oneOf: [{ required: ['a'] }, { required: ['b'] }],
          },
          at: { type: 'string', format: 'date-time' },
          port: { 'x-kubernetes-int-or-string': true },
          more: {
            type: 'object',
            additionalProperties: { type: 'integer' },
            maxProperties: 1,
          },
        },
      });
      const results: unknown[] = [];
      for (const spec of [
        {},
        { size: 0 },
        { size: 6 },
        { size: 1.5 },
        { size: '1' },
        { size: 1, half: 0.7 },
        { size: 1, name: 'a' },
        { size: 1, name: 'ABCDE' },
        { size: 1, kind: 'c' },
        { size: 1, list: [] },
        { size: 1, list: ['a', 'b', 'c'] },
        { size: 1, list: [1] },
        { size: 1, set: ['a', 'a'] },
        { size: 1, map: [{ key: 'a' }, { key: 'a' }] },
        { size: 1, either: { a: 'x', b: 'y' } },
        { size: 1, at: 'yesterday' },
        { size: 1, port: 1.5 },
        { size: 1, more: { a: 1, b: 'x' } },
        null,
      ]) {
        const answer = await api.post(
          of(namespace, 'bounds'),
          thing('bounds', spec as never),
        );
        results.push([JSON.stringify(spec), verdict(answer)]);
      }
      return results;
    },
  },
  {
    what: 'rules in CEL',
    async ask(api, namespace) {
      const { answer } = await serve(api, 'rules', {
        type: 'object',
        properties: {
          min: { type: 'integer' },
          max: { type: 'integer' },
          name: {
            type: 'string',
            maxLength: 20,
            'x-kubernetes-validations': [
              { rule: 'self == oldSelf', message: 'the name stays' },
            ],
          },
          tags: {
            type: 'array',
            maxItems: 5,
            items: { type: 'string', maxLength: 20 },
          },
        },
        'x-kubernetes-validations': [
          {
            rule: '!has(self.min) || !has(self.max) || self.min <= self.max',
            message: 'min is at most max',
          },
          {
            rule: 'self.tags.all(t, t.startsWith("a"))',
            message: 'each tag begins with a',
            fieldPath: '.tags',
            reason: 'FieldValueForbidden',
          },
        ],
      });
      const path = of(namespace, 'rules');
      const base = { min: 1, max: 2, name: 'n', tags: ['a'] };
      return [
        verdict(answer),
        verdict(await api.post(path, thing('rules', { ...base, max: 0 }))),
        verdict(await api.post(path, thing('rules', { ...base, tags: ['b'] }))),
        verdict(await api.post(path, thing('rules', base))),
        verdict(
          await api.patch(of(namespace, 'rules', 'one'), {
            spec: { name: 'm' },
          }),
        ),
        verdict(
          await api.patch(of(namespace, 'rules', 'one'), { spec: { min: 9 } }),
        ),
      ];
    },
  },
  {
    what: 'status and scale of a kind',
    async ask(api, namespace) {
      const whole = { type: 'integer' };
      await serve(
        api,
        'scaled',
        { type: 'object', properties: { replicas: whole } },
        {
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: { type: 'object', properties: { replicas: whole } },
                status: {
                  type: 'object',
                  properties: { replicas: whole, selector: { type: 'string' } },
                },
              },
            },
          },
          subresources: {
            status: {},
            scale: {
              specReplicasPath: '.spec.replicas',
              statusReplicasPath: '.status.replicas',
              labelSelectorPath: '.status.selector',
            },
          },
        },
      );
      const at = of(namespace, 'scaled', 'one');
      const created = await api.post(of(namespace, 'scaled'), {
        ...thing('scaled', { replicas: 1 }),
        status: { replicas: 9 },
      });
      const status = await api.patch(`${at}/status`, {
        spec: { replicas: 5 },
        status: { replicas: 2, selector: 'app=a' },
      });
      const scaled = await api.patch(`${at}/scale`, { spec: { replicas: 4 } });
      const main = await api.patch(at, { status: { replicas: 7 } });
      return [
        created.body.status,
        created.body.metadata.generation,
        [status.body.spec, status.body.status, status.body.metadata.generation],
        [scaled.status, scaled.body.kind, scaled.body.spec, scaled.body.status],
        [main.body.spec, main.body.status, main.body.metadata.generation],
      ];
    },
  },
  {
    what: 'a definition with a rule that does not compile',
    documented:
      'The local cluster takes what it cannot compile for a rule that holds.',
    async ask(api) {
      const spec = {
        type: 'object',
        'x-kubernetes-validations': [{ rule: 'self.nope == 1' }],
      };
      return outcome(
        await api.post(`${CRDS}?dryRun=All`, definition('refused', spec)),
      );
    },
  },
  {
    what: 'definitions that are refused',
    async ask(api) {
      const results: unknown[] = [];
      const variants: Record<string, object> = {
        'no type': { properties: { a: {} } },
        'a default that does not fit': {
          type: 'object',
          properties: { a: { type: 'integer', default: 'x' } },
        },
      };
      for (const [what, spec] of Object.entries(variants)) {
        const answer = await api.post(
          `${CRDS}?dryRun=All`,
          definition('refused', spec),
        );
        results.push([what, answer.status, answer.body.reason]);
      }
      return results;
    },
  },
];

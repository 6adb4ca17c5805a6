import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const container = (more: object = { image: 'demo/colors:blue' }) => ({
  name: 'c',
  ports: [{ containerPort: 80 }],
  env: [{ name: 'A', value: 'a' }],
  ...more,
});

const template = (app: string, more?: object) => ({
  metadata: { labels: { app } },
  spec: { containers: [container(more)] },
});

const deployment = (replicas: unknown, more?: object, app = 'web') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app } },
    template: template('web', more),
  },
});

const rollout = (name: string, spec: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: name } },
    template: template(name),
    ...spec,
  },
});

const canary = (...steps: object[]) => ({ strategy: { canary: { steps } } });

const settings = (data: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', labels: { app: 'web' } },
  data,
});

const service = (name: string, app: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app }, ports: [{ port: 80 }] },
});

const sleeping = (seconds: number) => ({
  metrics: [
    {
      name: 'sleep',
      provider: {
        job: {
          spec: {
            backoffLimit: 0,
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [
                  {
                    name: 'c',
                    image: 'alpine',
                    command: ['sleep', `${seconds}`],
                  },
                ],
              },
            },
          },
        },
      },
    },
  ],
});

const widget = (spec: object, metadata: object = {}) => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'w', ...metadata },
  spec: { size: 3, ...spec },
});

const text = { type: 'string' };
const whole = { type: 'integer' };

const widgetSchema = {
  type: 'object',
  description: 'A widget.',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { ...whole, minimum: 1, description: 'How big it is.' },
        color: { ...text, enum: ['red', 'blue'], default: 'red' },
        replicas: whole,
        tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
      },
    },
    status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};

const widgetCrd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: {
      kind: 'Widget',
      plural: 'widgets',
      singular: 'widget',
      shortNames: ['wd'],
      categories: ['all'],
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: {
          status: {},
          scale: {
            specReplicasPath: '.spec.replicas',
            statusReplicasPath: '.status.replicas',
          },
        },
        additionalPrinterColumns: [
          { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
        ],
        selectableFields: [{ jsonPath: '.spec.color' }],
        schema: { openAPIV3Schema: widgetSchema },
      },
    ],
  },
};

const MANIFESTS: Readonly<Record<string, object>> = {
  web: deployment(2),
  'web-three': deployment(3),
  'web-unknown-field': deployment(2, { imagee: 'demo/colors:blue' }),
  'web-no-image': deployment(2, {}),
  'web-other-selector': deployment(3, undefined, 'other'),
  settings: settings({ a: '1', b: '2' }),
  'settings-less': settings({ a: '1' }),
  'rollout-unknown-field': rollout('colors', { replicsa: 4 }),
  'rollout-wrong-type': rollout('colors', canary({ setWeight: 'x' })),
  canary: rollout(
    'colors',
    canary({ setWeight: 25 }, { pause: {} }, { setWeight: 50 }, { pause: {} }),
  ),
  'blue-green': {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      service('active', 'shop'),
      service('preview', 'shop'),
      rollout('shop', {
        replicas: 2,
        strategy: {
          blueGreen: {
            activeService: 'active',
            previewService: 'preview',
            autoPromotionEnabled: false,
            scaleDownDelaySeconds: 2,
          },
        },
      }),
    ],
  },
  invalid: rollout('invalid', canary({ setWeight: 140 })),
  'widget-crd': widgetCrd,
  widget: widget({ tags: ['x'] }),
  'widget-unknown-metadata': widget({}, { bogus: 1 }),
  'widget-wrong': widget({ size: 0 }),
  template: {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name: 'sleep' },
    spec: sleeping(60),
  },
  experiment: {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Experiment',
    metadata: { name: 'trial' },
    spec: {
      templates: [
        {
          name: 'one',
          replicas: 1,
          selector: { matchLabels: { app: 'trial' } },
          template: template('trial'),
        },
      ],
    },
  },
};

/** Writes every manifest that the commands name into the folder. */
export function writeManifests(folder: string) {
  for (const [name, manifest] of Object.entries(MANIFESTS)) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(manifest));
  }
}

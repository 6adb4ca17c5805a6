import type {
  AnalysisTemplate,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { buildAnalysisRun, type AnalysisRunRequest } from './buildAnalysisRun';

const provider = { web: {} };

const rollout: Rollout = {
  metadata: {
    name: 'guestbook',
    namespace: 'demo',
    uid: 'u1',
    labels: {
      env: 'dev',
      'argo-rollouts.argoproj.io/controller-instance-id': 'mine',
    },
  },
  spec: {
    template: {
      metadata: { labels: { version: '1' } },
      spec: { containers: [{ name: 'c', image: 'demo:blue' }] },
    },
  },
  status: {
    canary: { weights: { canary: { weight: 20 }, stable: { weight: 80 } } },
  },
};

const template = (
  name: string,
  spec: AnalysisTemplate['spec'],
): Record<string, AnalysisTemplate> => ({
  [name]: { metadata: { name }, spec },
});

function build(
  templates: Record<string, AnalysisTemplate>,
  request: Partial<AnalysisRunRequest> = {},
) {
  return buildAnalysisRun({
    rollout,
    analysis: {
      templates: Object.keys(templates)
        .slice(0, 1)
        .map(templateName => ({ templateName })),
    },
    type: 'Background',
    podHash: 'new',
    stableHash: 'old',
    revision: '2',
    templates: { analysisTemplates: templates, clusterAnalysisTemplates: {} },
    ...request,
  });
}

describe('buildAnalysisRun', () => {
  const rate = template('rate', { metrics: [{ name: 'rate', provider }] });

  it.each<[Partial<AnalysisRunRequest>, string]>([
    [{ type: 'Background' }, 'guestbook-new-2'],
    [{ type: 'Step', stepIndex: 3 }, 'guestbook-new-2-3'],
    [{ type: 'PrePromotion' }, 'guestbook-new-2-pre'],
    [{ type: 'PostPromotion' }, 'guestbook-new-2-post'],
    [
      { takenNames: ['guestbook-new-2', 'guestbook-new-2.1'] },
      'guestbook-new-2.2',
    ],
  ])('%j is named %s', (request, name) => {
    expect(build(rate, request).metadata.name).toBe(name);
  });

  it('says whose it is, of which revision and why', () => {
    const run = build(rate, { type: 'Step', stepIndex: 3 });

    expect(run.metadata).toMatchObject({
      namespace: 'demo',
      labels: {
        'rollouts-pod-template-hash': 'new',
        'rollout-type': 'Step',
        'step-index': '3',
        'argo-rollouts.argoproj.io/controller-instance-id': 'mine',
      },
      annotations: { 'rollout.argoproj.io/revision': '2' },
      ownerReferences: [{ kind: 'Rollout', uid: 'u1', controller: true }],
    });
  });

  it.each<[string, unknown, string]>([
    ['a value', { value: 'x' }, 'x'],
    [
      'the stable hash',
      { valueFrom: { podTemplateHashValue: 'Stable' } },
      'old',
    ],
    [
      'the latest hash',
      { valueFrom: { podTemplateHashValue: 'Latest' } },
      'new',
    ],
    [
      'a label',
      { valueFrom: { fieldRef: { fieldPath: "metadata.labels['env']" } } },
      'dev',
    ],
    [
      'a template label',
      {
        valueFrom: {
          fieldRef: { fieldPath: 'spec.template.metadata.labels.version' },
        },
      },
      '1',
    ],
    [
      'a list element',
      {
        valueFrom: {
          fieldRef: { fieldPath: 'spec.template.spec.containers[0].image' },
        },
      },
      'demo:blue',
    ],
    [
      'a status field',
      {
        valueFrom: {
          fieldRef: { fieldPath: 'status.canary.weights.canary.weight' },
        },
      },
      '20',
    ],
  ])('takes %s as an argument', (_, argument, value) => {
    const run = build(
      template('t', {
        args: [{ name: 'a' }],
        metrics: [{ name: 'm', provider }],
      }),
      {
        analysis: {
          templates: [{ templateName: 't' }],
          args: [{ name: 'a', ...(argument as object) }],
        },
      },
    );

    expect(run.spec.args).toEqual([{ name: 'a', value }]);
  });

  it('keeps references to secrets as references, and defaults as defaults', () => {
    const secret = {
      name: 's',
      valueFrom: { secretKeyRef: { name: 'n', key: 'k' } },
    };
    const run = build(
      template('t', {
        args: [secret, { name: 'd', value: 'default' }],
        metrics: [{ name: 'm', provider }],
      }),
    );

    expect(run.spec.args).toEqual([secret, { name: 'd', value: 'default' }]);
  });

  it('merges nested templates, each once', () => {
    const templates = {
      ...template('all', {
        templates: [
          { templateName: 'rate' },
          { templateName: 'errors' },
          { templateName: 'rate' },
        ],
        metrics: [{ name: 'own', provider }],
      }),
      ...rate,
      ...template('errors', {
        templates: [{ templateName: 'all' }],
        metrics: [{ name: 'errors', provider }],
      }),
    };

    expect(build(templates).spec.metrics.map(({ name }) => name)).toEqual([
      'own',
      'rate',
      'errors',
    ]);
  });

  it.each<
    [
      string,
      Record<string, AnalysisTemplate>,
      Partial<AnalysisRunRequest>,
      string,
    ]
  >([
    [
      'a missing template',
      rate,
      { analysis: { templates: [{ templateName: 'no' }] } },
      "AnalysisTemplate 'no' not found",
    ],
    [
      'a missing cluster template',
      rate,
      {
        analysis: { templates: [{ templateName: 'rate', clusterScope: true }] },
      },
      "ClusterAnalysisTemplate 'rate' not found",
    ],
    [
      'an inherited name',
      rate,
      { analysis: { templates: [{ templateName: 'constructor' }] } },
      "AnalysisTemplate 'constructor' not found",
    ],
    [
      'an argument without value',
      template('t', {
        args: [{ name: 'a' }],
        metrics: [{ name: 'm', provider }],
      }),
      {},
      'args.a was not resolved',
    ],
    [
      'an absent field',
      template('t', {
        args: [{ name: 'a' }],
        metrics: [{ name: 'm', provider }],
      }),
      {
        analysis: {
          templates: [{ templateName: 't' }],
          args: [
            {
              name: 'a',
              valueFrom: { fieldRef: { fieldPath: 'metadata.labels.no' } },
            },
          ],
        },
      },
      'the rollout has no field metadata.labels.no',
    ],
    ['no metrics', template('t', {}), {}, "no metrics in 't'"],
  ])('refuses %s', (_, templates, request, message) => {
    expect(() => build(templates, request)).toThrow(message);
  });

  it.each<[string, AnalysisTemplate['spec'], string]>([
    [
      'one metric name',
      { metrics: [{ name: 'rate', provider }] },
      "two metrics have the same name 'rate'",
    ],
    [
      'two defaults',
      { args: [{ name: 'a', value: '2' }], metrics: [{ name: 'm', provider }] },
      'specified multiple times with different values',
    ],
  ])('refuses two templates with %s', (_, spec, message) => {
    const templates = {
      ...template('one', {
        args: [{ name: 'a', value: '1' }],
        metrics: [{ name: 'rate', provider }],
      }),
      ...template('two', spec),
    };

    expect(() =>
      build(templates, {
        analysis: {
          templates: [{ templateName: 'one' }, { templateName: 'two' }],
        },
      }),
    ).toThrow(message);
  });
});

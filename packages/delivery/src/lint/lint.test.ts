import { lint } from './lint';
import { GOOD_STEPS, canary, documents, service } from './testing/manifests';

const look = (text: string, severities = {}) =>
  lint([{ file: 'shop.yaml', text }], severities);
const brief = (text: string) =>
  look(text).findings.map(
    ({ rule, line, column }) => `${line}:${column} ${rule}`,
  );

const IMAGE = canary('- setWeight: 50\n- pause: {}').replace(
  'shop:1.2.3',
  'shop:latest',
);

describe('lint', () => {
  it('looks at the rest when a document cannot be read', () => {
    expect(
      brief(
        documents(
          'a: 1\na: 2\n',
          'apiVersion: v1\nkind: Service\nmetadata: {}\n',
          service('shop').replace('app: shop', 'rollouts-pod-template-hash: a'),
        ),
      ),
    ).toEqual(['2:1 unreadable', '4:1 unreadable', '12:15 service-pins-hash']);
  });

  it('names file, object and field', () => {
    expect(look(IMAGE).findings[0]).toEqual({
      rule: 'image-tag-moves',
      severity: 'warning',
      message: 'Container shop runs example/shop:latest, whose tag moves.',
      fix: 'Name a version, or better a digest.',
      file: 'shop.yaml',
      object: { kind: 'Rollout', name: 'shop' },
      field: 'spec.template.spec.containers[0].image',
      line: 12,
      column: 11,
      endLine: 12,
      endColumn: 16,
    });
  });

  it('takes lists apart, and points into them', () => {
    const { items } = {
      items: [service('a'), service('b')].map(each =>
        each
          .replace('selector:', '"selector":')
          .trim()
          .split('\n')
          .map((line, i) => (i ? `    ${line}` : `  - ${line}`))
          .join('\n'),
      ),
    };
    const text = `apiVersion: v1\nkind: List\nitems:\n${items.join('\n').replaceAll('app: shop', 'rollouts-pod-template-hash: x')}\n`;

    expect(brief(text)).toEqual([
      '8:21 service-pins-hash',
      '14:21 service-pins-hash',
    ]);
  });

  it('looks at files together', () => {
    const sources = [
      { file: 'a.yaml', text: service('shop') },
      { file: 'b.yaml', text: service('shop') },
    ];

    expect(lint(sources).findings).toMatchObject([
      {
        rule: 'duplicate-object',
        file: 'b.yaml',
        message: 'Service shop is also in a.yaml:1.',
      },
    ]);
  });

  it.each([
    ['an object that stands in itself', 'metadata: &a { name: x, labels: *a }'],
    [
      'aliases that grow without end',
      `metadata: { name: x }\na: &a [x, x, x, x, x, x, x, x, x]\n${[
        ...'bcdefgh',
      ]
        .map((name, i) => {
          const before = `*${'abcdefg'[i]}`;
          return `${name}: &${name} [${Array(9).fill(before).join(', ')}]\n`;
        })
        .join('')}`,
    ],
  ])('says that %s cannot be read', (_, text) => {
    expect(
      brief(`apiVersion: v1\nkind: Service\n${text}`).map(
        each => each.split(' ')[1],
      ),
    ).toEqual(['unreadable']);
  });

  it('takes no field from a key that would be the prototype', () => {
    const text = canary(GOOD_STEPS).replace(
      'spec:\n',
      'spec:\n  __proto__: { paused: true }\n',
    );

    expect(look(text).findings.map(each => each.rule)).not.toContain(
      'paused-in-manifest',
    );
  });

  it('sets rules to other severities, and off', () => {
    const { findings } = look(IMAGE, {
      'image-tag-moves': 'error',
      'indefinite-pause-last': 'off',
      'no-analysis': 'off',
      'first-weight-high': 'off',
    });

    expect(findings).toMatchObject([
      { rule: 'image-tag-moves', severity: 'error' },
    ]);
  });

  it.each<[string, unknown]>([
    ['a number', 7],
    ['a spec that is a text', { spec: 'x' }],
    ['steps that are none', { spec: { strategy: { canary: { steps: 5 } } } }],
    [
      'a step that is null',
      { spec: { strategy: { canary: { steps: [null] } } } },
    ],
    [
      'hostile keys',
      JSON.parse('{"spec":{"__proto__":{"a":1},"constructor":{}}}'),
    ],
    [
      'metadata of lists',
      { metadata: { name: 'x', labels: [], annotations: 3 } },
    ],
  ])('survives %s', (_, value) => {
    const kinds = ['Rollout', 'AnalysisTemplate', 'Experiment', 'Service'];
    const texts = [
      ...kinds.map(kind => ({ apiVersion: 'argoproj.io/v1alpha1', kind })),
      { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
      { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
      { apiVersion: 'apps/v1', kind: 'Deployment' },
      { apiVersion: 'v1', kind: 'Service' },
    ].map(head =>
      typeof value === 'object'
        ? JSON.stringify({ metadata: { name: 'x' }, ...value, ...head })
        : String(value),
    );

    expect(() => look(texts.join('\n---\n'))).not.toThrow();
  });
});

describe('a suppression', () => {
  const withComment = (comment: string) =>
    IMAGE.replace(
      '- setWeight',
      `# rollouts-lint-ignore ${comment}\n        - setWeight`,
    );
  const rules = (text: string) => look(text).findings.map(each => each.rule);

  it('by a comment above a field covers what stands in it', () => {
    const text = canary('- setWeight: 50\n- pause: {}').replace(
      '    steps:',
      '    # rollouts-lint-ignore indefinite-pause-last: the night shift promotes\n        steps:',
    );
    const { suppressed, findings } = look(
      text
        .replace('        steps:', '      steps:')
        .replace('    # roll', '      # roll'),
    );

    expect(suppressed).toMatchObject([
      { rule: 'indefinite-pause-last', suppressed: 'the night shift promotes' },
    ]);
    expect(findings.map(each => each.rule)).not.toContain(
      'indefinite-pause-last',
    );
  });

  it('by a comment above a field covers neither what follows nor what is beside it', () => {
    const { findings } = look(
      canary(`
# rollouts-lint-ignore first-weight-high: few users
- setWeight: 60
- pause: { duration: 5m }
- setWeight: 50
# rollouts-lint-ignore weights-go-down: the other one
- pause: { duration: 0s }
`),
    );

    expect(findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['weights-go-down', 'suppression-unused']),
    );
    const lines = canary(GOOD_STEPS).replace(
      '- setWeight: 10',
      '# rollouts-lint-ignore pause-without-time: none\n        - setWeight: 10',
    );
    expect(
      rules(lines.replace('duration: 5m', 'duration: 0s')).filter(
        rule => rule === 'pause-without-time',
      ),
    ).toHaveLength(1);
  });

  it('by a comment beside a field covers its line', () => {
    const text = IMAGE.replace(
      'shop:latest',
      'shop:latest # rollouts-lint-ignore image-tag-moves: a demo',
    );

    expect(rules(text)).not.toContain('image-tag-moves');
  });

  it('by an annotation covers the object', () => {
    const text = IMAGE.replace(
      'metadata: { name: shop }',
      'metadata:\n  name: shop\n  annotations:\n    rollouts.progressive-delivery/lint-ignore: |\n      image-tag-moves: a demo\n      no-analysis: people look',
    );

    expect(
      look(text)
        .suppressed.map(each => each.suppressed)
        .sort(),
    ).toEqual(['a demo', 'people look']);
  });

  it('by an annotation covers no other object of the same name', () => {
    const inNamespace = (namespace: string, annotations: string) =>
      IMAGE.replace(
        'metadata: { name: shop }',
        `metadata:\n  name: shop\n  namespace: ${namespace}\n${annotations}`,
      );
    const { suppressed, findings } = look(
      documents(
        inNamespace(
          'a',
          '  annotations:\n    rollouts.progressive-delivery/lint-ignore: "image-tag-moves: a demo"',
        ),
        inNamespace('b', ''),
      ),
    );
    const namespacesOf = (all: typeof findings) =>
      all
        .filter(({ rule }) => rule === 'image-tag-moves')
        .map(({ object }) => object?.namespace);

    expect(namespacesOf(suppressed)).toEqual(['a']);
    expect(namespacesOf(findings)).toEqual(['b']);
  });

  it('without a reason does not count', () => {
    expect(rules(withComment('first-weight-high:'))).toEqual(
      expect.arrayContaining([
        'first-weight-high',
        'suppression-without-reason',
      ]),
    );
  });

  it('of a rule that is not there is an error', () => {
    const { findings } = look(withComment('first-weight-hihg: because'));

    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'suppression-of-unknown-rule',
        message:
          'There is no rule first-weight-hihg; is first-weight-high meant?',
      }),
    );
  });

  it('of what is not found is noted', () => {
    expect(rules(withComment('weights-go-down: they wave'))).toContain(
      'suppression-unused',
    );
  });

  it('leaves clean manifests alone', () => {
    expect(rules(canary(GOOD_STEPS))).toEqual(['nothing-decides']);
  });
});

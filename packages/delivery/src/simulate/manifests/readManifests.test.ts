import { ManifestError } from './manifests';
import { readObjects, sortObjects } from './readManifests';

const service = (name: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\n`;

describe('manifests', () => {
  it('are read from several documents and lists, empty ones among them', () => {
    const text = `${service('a')}---\n---\napiVersion: v1\nkind: List\nitems:\n- { apiVersion: v1, kind: Service, metadata: { name: b } }\n`;

    expect(readObjects('x', text).map(each => each.metadata.name)).toEqual([
      'a',
      'b',
    ]);
  });

  it('are sorted by group and kind', () => {
    const text = `${service('a')}---\napiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: b }\n`;

    const { services, others } = sortObjects(readObjects('x', text));

    expect(services.map(each => each.metadata.name)).toEqual(['a']);
    expect(others.map(each => each.metadata.name)).toEqual(['b']);
  });

  it.each([
    ['a: [1', 'x.yaml:1:6: '],
    ['a: 1\na: 2', 'x.yaml:2:1: Map keys must be unique'],
    ['just text', 'x.yaml: document 1: not a Kubernetes object'],
    [`${service('a')}---\nkind: Service`, 'document 2: apiVersion is missing'],
    ['apiVersion: v1\nkind: Service', '(Service): metadata.name is missing'],
    [
      'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: a }',
      'document 1 (Rollout a): spec is missing',
    ],
    [
      'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: a }\nspec: no',
      'document 1 (Rollout a): spec must be an object, not "no"',
    ],
    [
      'apiVersion: v1\nkind: List\nitems: [3]',
      'document 1, items[0]: not a Kubernetes object',
    ],
  ])('%j is refused with its place', (text, message) => {
    expect(() => readObjects('x.yaml', text)).toThrow(ManifestError);
    expect(() => readObjects('x.yaml', text)).toThrow(message);
  });

  it('says a place once', () => {
    expect(() => readObjects('x.yaml', 'a: [1\nb: 2')).toThrow(
      /^x\.yaml:2:1: (?!.*line)/,
    );
  });

  it('refuses aliases that grow without measure', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `l${i}: &l${i} [${i ? `*l${i - 1},*l${i - 1},*l${i - 1}` : '1'}]`,
    );

    expect(() => readObjects('x.yaml', levels.join('\n'))).toThrow(
      ManifestError,
    );
  });
});

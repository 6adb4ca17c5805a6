import { builtinKind } from '../kinds/builtinKind';
import { validateMetadata } from './metadataRules';

const configMap = builtinKind({ kind: 'ConfigMap' });

const fields = (metadata: object, kind = configMap) =>
  validateMetadata(kind, metadata).map(({ field }) => field);

describe('validateMetadata', () => {
  it('accepts what is usual', () => {
    expect(
      fields({
        name: 'kube-root-ca.crt',
        labels: { 'app.kubernetes.io/name': 'web', empty: '' },
        annotations: { 'example.com/Mixed-Case': 'anything at all' },
      }),
    ).toEqual([]);
  });

  it.each([
    ['no name', {}, 'metadata.name'],
    ['capital letters', { name: 'Web' }, 'metadata.name'],
    [
      'a key with a blank',
      { name: 'a', labels: { 'a b': '' } },
      'metadata.labels',
    ],
    [
      'a value with a blank',
      { name: 'a', labels: { a: 'b c' } },
      'metadata.labels',
    ],
    [
      'a long value',
      { name: 'a', labels: { a: 'x'.repeat(64) } },
      'metadata.labels',
    ],
    [
      'two slashes',
      { name: 'a', annotations: { 'a/b/c': '' } },
      'metadata.annotations',
    ],
    [
      'huge annotations',
      { name: 'a', annotations: { a: 'x'.repeat(300_000) } },
      'metadata.annotations',
    ],
  ])('refuses %s', (_, metadata, field) => {
    expect(fields(metadata)).toEqual([field]);
  });

  it('has stricter names for namespaces and services, looser ones for roles', () => {
    const of = (kind: string, group?: string) => builtinKind({ kind, group });

    expect(fields({ name: 'a.b' }, of('Namespace'))).toEqual(['metadata.name']);
    expect(fields({ name: '1st' }, of('Service'))).toEqual(['metadata.name']);
    expect(
      fields({ name: 'system:Node' }, of('Role', 'rbac.authorization.k8s.io')),
    ).toEqual([]);
  });
});

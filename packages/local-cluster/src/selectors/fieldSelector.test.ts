import { StoredObject } from '../api/clusterApi';
import { parseFieldSelector } from './fieldSelector';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'demo' },
  spec: { nodeName: 'node', hostNetwork: false },
} as unknown as StoredObject;
const FIELDS = ['spec.nodeName', 'spec.hostNetwork', 'status.phase'];

// Source: Kubernetes documentation, "Field Selectors".
describe('a field selector', () => {
  it.each([
    ['', true],
    ['metadata.name=a', true],
    ['metadata.name==b', false],
    ['metadata.namespace!=demo', false],
    ['spec.nodeName = node', true],
    ['spec.nodeName=node,metadata.name=b', false],
    ['spec.hostNetwork=false', true],
    ['status.phase=', true],
    ['status.phase!=Running', true],
  ])('%j matches: %s', (text, matches) => {
    expect(parseFieldSelector(text, FIELDS)(pod)).toBe(matches);
  });

  it('is refused for a field that the kind cannot be selected by', () => {
    expect(() => parseFieldSelector('spec.containers=c', FIELDS)).toThrow(
      expect.objectContaining({
        code: 400,
        message: 'field label not supported: spec.containers',
      }),
    );
  });

  it('is refused without an operator', () => {
    expect(() => parseFieldSelector('metadata.name')).toThrow(
      expect.objectContaining({ code: 400 }),
    );
  });
});

import { NewObject } from '../api/clusterApi';
import { createManualClock } from '../testing/manualClock';
import { createClusterStore } from './createClusterStore';
import { checkIdentity, checkMetadata } from './identity';

const { context } = createClusterStore({ clock: createManualClock() });
const target = (resource: string) => ({
  ...context.kinds.stored({ group: '', resource }),
  namespace: 'default',
  name: 'a',
});

const draft = (more: object, metadata: object = {}) =>
  ({ metadata: { name: 'a', ...metadata }, ...more }) as unknown as NewObject;

describe('what was sent', () => {
  it('is taken for what the path says, as far as it does not say itself', () => {
    const map = draft({});

    checkIdentity(target('configmaps'), map);

    expect(map).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'default' },
    });
  });

  it.each([
    ['another kind', draft({ kind: 'Secret' })],
    ['another version', draft({ apiVersion: 'v2' })],
    ['another namespace', draft({}, { namespace: 'other' })],
    ['no metadata', draft({ metadata: null })],
  ])('cannot be of %s than the path', (_, sent) => {
    expect(() => checkIdentity(target('configmaps'), sent)).toThrow(
      expect.objectContaining({ code: 400 }),
    );
  });

  it('loses a namespace that its kind does not have', () => {
    const namespace = draft({}, { namespace: 'other' });

    checkIdentity(target('namespaces'), namespace);

    expect(namespace.metadata).toEqual({ name: 'a' });
  });

  it.each(['labels', 'annotations'])('has texts for %s only', field => {
    expect(() =>
      checkMetadata(target('configmaps'), draft({}, { [field]: { a: 1 } })),
    ).toThrow(
      expect.objectContaining({
        code: 400,
        message: expect.stringContaining(
          `metadata.${field}.a: expected a string, got number`,
        ),
      }),
    );
  });
});

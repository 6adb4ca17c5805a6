import { NewObject } from '../api/clusterApi';
import { createManualClock } from '../testing/manualClock';
import { RequestOptions } from './context';
import { createClusterStore } from './createClusterStore';
import { createObject } from './createObject';

const CONFIG_MAPS = { group: '', resource: 'configmaps' };

/** Creates a ConfigMap with a misspelt field, as with `?fieldValidation=`. */
function createMisspelt(options: RequestOptions) {
  const warnings: string[] = [];
  const store = createClusterStore({ clock: createManualClock() });
  const target = {
    ...store.context.kinds.stored(CONFIG_MAPS),
    namespace: 'default',
  };
  const misspelt: NewObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { x: '1' },
    datum: { x: '1' },
  };
  const create = () =>
    createObject(store.context, target, misspelt, {
      ...options,
      warn: message => warnings.push(message),
    });
  const find = () => store.find(CONFIG_MAPS, 'default', 'a');
  return { create, find, warnings };
}

describe('a field that the schema does not know', () => {
  it('is an error when validation is strict, and nothing is stored', () => {
    const { create, find } = createMisspelt({ fieldValidation: 'Strict' });

    expect(create).toThrow(
      expect.objectContaining({
        code: 400,
        message:
          'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "datum"',
      }),
    );
    expect(find()).toBeUndefined();
  });

  it.each([
    ['with a warning', 'Warn', ['unknown field "datum"']],
    ['in silence', 'Ignore', []],
    ['in silence', undefined, []],
  ] as const)('is dropped %s for %s', (_, fieldValidation, said) => {
    const { create, find, warnings } = createMisspelt({ fieldValidation });

    create();

    expect(find()).not.toHaveProperty('datum');
    expect(find()).toHaveProperty('data');
    expect(warnings).toEqual(said);
  });
});

describe('a field that stood twice in what was sent', () => {
  const duplicateFields = ['data.x'];

  it('is an error when validation is strict', () => {
    const { create } = createMisspelt({
      fieldValidation: 'Strict',
      duplicateFields,
    });

    expect(create).toThrow(
      'strict decoding error: duplicate field "data.x", unknown field "datum"',
    );
  });

  it('is warned of for Warn', () => {
    const { create, warnings } = createMisspelt({
      fieldValidation: 'Warn',
      duplicateFields,
    });

    create();

    expect(warnings).toEqual([
      'duplicate field "data.x"',
      'unknown field "datum"',
    ]);
  });
});

import { ApiError } from '../api/apiError';
import { createClusterStore } from '../operations/createClusterStore';
import { createManualClock } from '../testing/manualClock';
import { listPage, ListQuery } from './listPage';

const CONFIG_MAPS = { group: '', resource: 'configmaps' };

function createCluster(count: number) {
  const store = createClusterStore({ clock: createManualClock() });
  const create = (name: string, labels: Record<string, string> = {}) =>
    store.create(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'default', labels },
    });
  for (let n = 0; n < count; n++)
    create(`c${n}`, { even: String(n % 2 === 0) });
  const { database, kinds } = store.context;
  const list = (query: ListQuery) =>
    listPage(database, kinds.get(CONFIG_MAPS), query);
  return { store, create, list, database };
}

function refusal(act: () => unknown): ApiError {
  try {
    act();
  } catch (error) {
    return error as ApiError;
  }
  throw new Error('it was not refused');
}

describe('listPage', () => {
  it('pages through the list as it was, whatever is written meanwhile', () => {
    const { list, create, store } = createCluster(5);

    const first = list({ limit: 2 });
    create('c00');
    store.delete(CONFIG_MAPS, 'default', 'c3');
    const second = list({ limit: 9, continueToken: first.continueToken });

    expect(first.remaining).toBe(3);
    expect(second.revision).toBe(first.revision);
    expect(
      [...first.items, ...second.items].map(({ metadata }) => metadata.name),
    ).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
    expect(second.continueToken).toBeUndefined();
  });

  it('answers 410 for an expired token, with one that goes on inconsistently', () => {
    const { list, create, database } = createCluster(4);
    const first = list({ limit: 2 });
    create('c9');
    database.compact();

    const error = refusal(() => list({ continueToken: first.continueToken }));
    const rest = list({ continueToken: error.status.metadata.continue });

    expect(error.code).toBe(410);
    expect(rest.items.map(({ metadata }) => metadata.name)).toEqual([
      'c2',
      'c3',
      'c9',
    ]);
  });

  it('selects by labels, and then does not count what remains', () => {
    const { list } = createCluster(5);

    const page = list({ labelSelector: 'even in (true)', limit: 2 });

    expect(page.items.map(({ metadata }) => metadata.name)).toEqual([
      'c0',
      'c2',
    ]);
    expect(page.remaining).toBeUndefined();
  });

  it.each([
    ['a future revision', { resourceVersion: '999' }, 504],
    [
      'Exact and forgotten',
      { resourceVersion: '1', resourceVersionMatch: 'Exact' },
      410,
    ],
    ['a match without a version', { resourceVersionMatch: 'Exact' }, 422],
    ['no number', { resourceVersion: 'abc' }, 400],
    ['an unknown field', { fieldSelector: 'spec.nodeName=a' }, 400],
    ['a malformed selector', { labelSelector: 'a in b' }, 400],
    ['a token that is none', { continueToken: 'abc' }, 400],
  ])('refuses %s', (_, query, code) => {
    const { list, database, create } = createCluster(1);
    database.compact();
    create('c5');

    expect(refusal(() => list(query)).code).toBe(code);
  });
});

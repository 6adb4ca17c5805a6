import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { historyReleases } from '../__fixtures__/historyReleases';
import { withNewHead } from './withNewHead';

const [template] = historyReleases(Date.now());
const releases = (...ids: string[]): ReleaseSummary[] =>
  ids.map(id => ({ ...template!, id }));
const ids = (loaded: { items: ReleaseSummary[] }) =>
  loaded.items.map(({ id }) => id).join('');

describe('withNewHead', () => {
  it('keeps the older pages behind the new first one', () => {
    const loaded = withNewHead(
      { items: releases('d', 'c', 'b', 'a'), nextCursor: 'after a' },
      { items: releases('e', 'd', 'c'), nextCursor: 'after c' },
    );

    expect(ids(loaded)).toBe('edcba');
    expect(loaded.nextCursor).toBe('after a');
  });

  it('drops what no longer matches within the page', () => {
    const loaded = withNewHead(
      { items: releases('d', 'c', 'b'), nextCursor: 'after b' },
      { items: releases('d', 'b'), nextCursor: 'after b' },
    );

    expect(ids(loaded)).toBe('db');
  });

  it('starts over when the page does not reach what is known', () => {
    const loaded = withNewHead(
      { items: releases('b', 'a') },
      { items: releases('z', 'y'), nextCursor: 'after y' },
    );

    expect(ids(loaded)).toBe('zy');
    expect(loaded.nextCursor).toBe('after y');
  });
});

import {
  isFiltered,
  readHistoryQuery,
  toReleaseFilter,
  writeHistoryQuery,
} from './historyQuery';

const NOW = Date.parse('2026-11-26T21:14:29Z');

describe('the address of the history', () => {
  it('is read as it was written', () => {
    const query = {
      view: 'history' as const,
      since: '30d' as const,
      outcome: ['completed' as const, 'aborted' as const],
      person: 'user:default/ada',
      image: 'green',
      release: 'r1',
    };

    expect(readHistoryQuery(writeHistoryQuery(query))).toEqual(query);
  });

  it('leaves out what makes no sense', () => {
    expect(
      readHistoryQuery({
        view: 'future',
        since: 'yesterday',
        outcome: 'lost,aborted',
        from: '2026-13-45',
        person: '',
        image: ['a'],
      }),
    ).toEqual({ outcome: ['aborted'] });
    expect(readHistoryQuery('nonsense')).toEqual({});
    expect(readHistoryQuery(undefined)).toEqual({});
  });

  it('is empty when there is nothing to say', () => {
    expect(writeHistoryQuery({ outcome: [] })).toBeUndefined();
  });
});

describe('the filter that the backend is asked for', () => {
  it('begins at a full hour, so that reading again asks the same', () => {
    expect(
      toReleaseFilter({ since: '7d' }, 'component:default/colors', NOW),
    ).toEqual({
      entity: 'component:default/colors',
      from: '2026-11-19T21:00:00Z',
    });
  });

  it('includes the last day of a range', () => {
    const { from, to } = toReleaseFilter(
      { since: 'range', from: '2026-11-01', to: '2026-11-03' },
      'e',
      NOW,
    );

    expect(Date.parse(to!) - Date.parse(from!)).toBe(3 * 86_400_000);
  });

  it('ignores days that belong to no range', () => {
    expect(toReleaseFilter({ from: '2026-11-01' }, 'e', NOW)).toEqual({
      entity: 'e',
    });
  });
});

it('knows what narrows the list', () => {
  expect(isFiltered({ view: 'history', release: 'r1' })).toBe(false);
  expect(isFiltered({ since: 'range' })).toBe(false);
  expect(isFiltered({ image: 'x' })).toBe(true);
});

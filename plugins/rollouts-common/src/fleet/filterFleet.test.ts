import { facetValue, filterFleet, fleetText } from './filterFleet';
import { FLEET_FACETS } from './FleetQuery';
import type { FleetRow } from './FleetRow';

function item(name: string, change: Partial<FleetRow> = {}) {
  const row: FleetRow = {
    ref: { cluster: 'east', namespace: 'demo', name },
    uid: name,
    state: 'Healthy',
    sentence: '',
    strategy: 'canary',
    share: { actual: 1, desired: 1 },
    images: [],
    ...change,
  };
  return { row, text: fleetText(row) };
}

const fleet = [
  item('colors', {
    state: 'Paused',
    owner: 'group:default/palette',
    images: [{ container: 'app', stable: 'x/colors:1', current: 'x/colors:2' }],
  }),
  item('search', { owner: 'group:default/palette' }),
  item('ships', {
    state: 'Paused',
    owner: 'group:default/harbor',
    ref: { cluster: 'west', namespace: 'sea', name: 'ships' },
  }),
  item('stray'),
];

const names = (filter: Parameters<typeof filterFleet>[1]) =>
  filterFleet(fleet, filter).items.map(({ row }) => row.ref.name);

describe('filterFleet', () => {
  it.each([
    [{}, ['colors', 'search', 'ships', 'stray']],
    [{ state: ['Paused' as const] }, ['colors', 'ships']],
    [{ owner: ['none'] }, ['stray']],
    [{ cluster: ['west', 'east'], namespace: ['sea'] }, ['ships']],
    [{ owner: [] }, ['colors', 'search', 'ships', 'stray']],
    // All words, in any order, whatever the case.
    [{ q: ' Colors:2  PALETTE ' }, ['colors']],
    [{ q: 'colors harbor' }, []],
  ])('%j lets %j through', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });

  it('counts what a choice would show, the facet’s own choice left aside', () => {
    const { facets } = filterFleet(fleet, {
      state: ['Paused'],
      owner: ['group:default/palette'],
    });
    expect(facets.state).toEqual({ Paused: 1, Healthy: 1 });
    expect(facets.owner).toEqual({
      'group:default/palette': 1,
      'group:default/harbor': 1,
    });
    expect(facets.cluster).toEqual({ east: 1 });
  });

  it('keeps a namespace of the name of an inherited property apart', () => {
    const odd = item('odd', {
      ref: { cluster: 'east', namespace: 'constructor', name: 'odd' },
    });
    expect(filterFleet([odd], {}).facets.namespace).toEqual({ constructor: 1 });
  });

  it('has a value for each facet', () => {
    expect(FLEET_FACETS.map(facet => facetValue(fleet[0]!.row, facet))).toEqual(
      ['Paused', 'group:default/palette', 'none', 'east', 'demo', 'canary'],
    );
  });
});

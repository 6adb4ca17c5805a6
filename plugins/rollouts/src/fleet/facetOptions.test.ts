import type { Translate } from '../translation/ref';
import { facetOptions } from './facetOptions';

// As the messages put them together.
const t = ((_: string, { name, total }: { name: string; total: string }) =>
  `${name} (${total})`) as unknown as Translate;

const labels = (
  facet: 'owner' | 'cluster',
  counts: Record<string, number>,
  chosen: string[] = [],
) => facetOptions(facet, counts, chosen, t).map(({ label }) => label);

describe('the options of a facet', () => {
  it('are the values that would show most first, then by name', () => {
    expect(labels('cluster', { west: 1, north: 3, east: 1 })).toEqual([
      'north (3)',
      'east (1)',
      'west (1)',
    ]);
  });

  it('are owners by their names', () => {
    expect(labels('owner', { 'group:default/palette': 2 })).toEqual([
      'palette (2)',
    ]);
  });

  it('keep what is chosen although it would show none', () => {
    expect(labels('cluster', { east: 1 }, ['gone', 'east'])).toEqual([
      'east (1)',
      'gone (0)',
    ]);
  });

  it('are no more than a list can be drawn of', () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [`cluster-${at}`, 400 - at]),
    );
    const shown = labels('cluster', many);
    expect(shown).toHaveLength(300);
    expect(shown[0]).toBe('cluster-0 (400)');
  });
});

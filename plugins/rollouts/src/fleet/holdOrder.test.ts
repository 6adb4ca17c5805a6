import { fleetRows } from '../__fixtures__/fleet';
import type { FleetItem } from './FleetItems';
import { holdOrder } from './holdOrder';

const rows = fleetRows(5, 0);
function items(...keys: string[]): FleetItem[] {
  return keys.map(key => ({ key, row: rows[0]!, text: '' }));
}
const keysOf = (list: FleetItem[]) => list.map(({ key }) => key).join('');

describe('rows that somebody points at', () => {
  it('stand where they stood, with what is new in them', () => {
    const after = items('c', 'a', 'b').map(item => ({ ...item, text: 'new' }));
    const held = holdOrder(items('a', 'b', 'c'), after);
    expect(keysOf(held.items)).toBe('abc');
    expect(held.items.every(({ text }) => text === 'new')).toBe(true);
    expect(held.changes).toBeGreaterThan(0);
  });

  it('stay when they are gone, marked, and let nobody in between', () => {
    const held = holdOrder(items('a', 'b'), items('x', 'a'));
    expect(keysOf(held.items)).toBe('ab');
    expect([...held.gone]).toEqual(['b']);
    expect(held.changes).toBe(2);
  });

  it('have no change to tell of while nothing moves', () => {
    expect(holdOrder(items('a', 'b'), items('a', 'b')).changes).toBe(0);
  });
});

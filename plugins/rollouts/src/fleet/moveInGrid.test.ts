import { moveInGrid } from './moveInGrid';

const grid = { at: 5, column: 2, rows: 100, columns: 7, page: 10 };
const press = (key: string, change = {}, where = grid) =>
  moveInGrid({ key, ctrlKey: false, metaKey: false, ...change }, where);

describe('a key in the grid', () => {
  it.each([
    ['ArrowDown', { at: 6, column: 2 }],
    ['ArrowUp', { at: 4, column: 2 }],
    ['ArrowLeft', { at: 5, column: 1 }],
    ['ArrowRight', { at: 5, column: 3 }],
    ['PageDown', { at: 15, column: 2 }],
    ['PageUp', { at: 0, column: 2 }],
    ['Home', { at: 5, column: 0 }],
    ['End', { at: 5, column: 6 }],
  ])('%s leads to %j', (key, expected) => {
    expect(press(key)).toEqual(expected);
  });

  it('goes to either end with Ctrl or Command', () => {
    expect(press('Home', { ctrlKey: true })).toEqual({ at: 0, column: 0 });
    expect(press('End', { metaKey: true })).toEqual({ at: 99, column: 6 });
  });

  it('stays inside', () => {
    expect(press('ArrowDown', {}, { ...grid, at: 99 })?.at).toBe(99);
    expect(press('ArrowRight', {}, { ...grid, column: 6 })?.column).toBe(6);
    expect(
      press('ArrowDown', {}, { ...grid, at: -1, rows: 0 }),
    ).toBeUndefined();
  });

  it('leaves other keys alone', () => {
    expect(press('a')).toBeUndefined();
    expect(press('Tab')).toBeUndefined();
  });
});

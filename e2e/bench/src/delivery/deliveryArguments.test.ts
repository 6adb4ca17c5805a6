import { readDeliveryArguments } from './deliveryArguments';

describe('arguments of the delivery benchmark', () => {
  it('are small when left out', () => {
    expect(readDeliveryArguments([])).toMatchObject({
      parts: ['canaries'],
      rounds: 1,
      sizes: [10],
      limits: ['equal'],
    });
  });

  it('may be repeated', () => {
    const read = readDeliveryArguments(
      '--size 100 --size 500 --limit defaults --part idle --rounds 3'.split(
        ' ',
      ),
    );
    expect(read).toMatchObject({
      parts: ['idle'],
      rounds: 3,
      sizes: [100, 500],
      limits: ['defaults'],
    });
  });

  it.each([
    ['--size', 'many', '--size must be a whole number'],
    ['--rounds', '0', '--rounds must be a whole number'],
    ['--part', 'all', '--part must be canaries or'],
    ['--limit', 'none', '--limit must be equal or defaults'],
  ])('refuses %s %s', (option, value, message) => {
    expect(() => readDeliveryArguments([option, value])).toThrow(message);
  });
});

import { ByIdentity } from './byIdentity';

describe('what is known of an object', () => {
  it('is computed once', () => {
    const lengths = new ByIdentity<string[], number>();
    const list = ['a'];
    const make = jest.fn(() => list.length);

    expect([lengths.of(list, make), lengths.of(list, make)]).toEqual([1, 1]);

    expect(make).toHaveBeenCalledTimes(1);
  });

  it('is not that of an equal object', () => {
    const lengths = new ByIdentity<string[], number>();

    expect([lengths.of(['a'], () => 1), lengths.of(['a'], () => 2)]).toEqual([
      1, 2,
    ]);
  });

  it('is computed again when something beside it is another', () => {
    const sums = new ByIdentity<number[], number>();
    const list = [1];
    const [one, two] = [{ add: 1 }, { add: 2 }];
    const sum = (beside: { add: number }) =>
      sums.of(list, () => 1 + beside.add, [beside]);

    expect([sum(one), sum(two), sum(two)]).toEqual([2, 3, 3]);
  });
});

import { mergedOrder } from './mergedOrder';

describe('mergedOrder', () => {
  // Observed on Kubernetes 1.34: a list A B C, patched with these items.
  it.each([
    ['X', 'XABC'],
    ['CXA', 'BCXA'],
    ['XC', 'XABC'],
    ['CA', 'BCA'],
    ['CX', 'ABCX'],
    ['AX', 'AXBC'],
    ['BXY', 'ABXYC'],
  ])('puts %s in as %s', (patch, expected) => {
    const items = (names: string) => [...names].map(name => ({ name }));
    const added = [...patch].filter(name => !'ABC'.includes(name)).join('');

    expect(
      mergedOrder(items(`ABC${added}`), items(patch), items('ABC'), 'name'),
    ).toEqual(items(expected));
  });
});

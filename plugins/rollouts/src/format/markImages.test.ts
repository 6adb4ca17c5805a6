import fc from 'fast-check';
import { markImages } from './markImages';

describe('markImages', () => {
  it.each([
    ['demo/colors:blue', 'demo/colors:green', 'demo/colors:[blue|green]'],
    ['demo/colors:v1.2', 'demo/colors:v1.3', 'demo/colors:[v1.2|v1.3]'],
    ['old/colors:v1', 'new/colors:v1', '[old|new]/colors:v1'],
    ['demo/colors', 'demo/colors:v1', 'demo/colors[|:v1]'],
    ['a:1', 'a:1', 'a:1[|]'],
    ['', 'demo/colors:v1', '[|demo/colors:v1]'],
  ])('%s and %s', (from, to, marked) => {
    const { before, after, ...differs } = markImages(from, to);

    expect(`${before}[${differs.from}|${differs.to}]${after}`).toBe(marked);
  });

  it('loses nothing of either', () => {
    const image = fc.string({ unit: fc.constantFrom(...'ab/:@') });
    fc.assert(
      fc.property(image, image, (from, to) => {
        const marked = markImages(from, to);
        expect(marked.before + marked.from + marked.after).toBe(from);
        expect(marked.before + marked.to + marked.after).toBe(to);
      }),
    );
  });
});

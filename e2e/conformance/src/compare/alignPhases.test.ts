import { tellTheSame } from './alignPhases';

/** `a b? c`: three phases, the second one brief. */
function phases(text: string) {
  return text.split(' ').map(word => ({
    value: word.replace('?', ''),
    brief: word.endsWith('?'),
  }));
}

describe('tellTheSame', () => {
  it.each([
    ['a b c', 'a b c'],
    ['a b? c', 'a c'],
    ['a c', 'a b? c'],
    ['a b? a c', 'a c'],
    ['a b c', 'a b? c'],
    ['a b? c? d', 'a c d'],
  ])('%s is %s', (a, b) => {
    expect(tellTheSame(phases(a), phases(b))).toBe(true);
  });

  it.each([
    ['a b c', 'a c'],
    ['a b c', 'a c b'],
    ['a b a', 'a b'],
    ['a', 'b'],
    ['a b? c', 'a d c'],
  ])('%s is not %s', (a, b) => {
    expect(tellTheSame(phases(a), phases(b))).toBe(false);
  });
});

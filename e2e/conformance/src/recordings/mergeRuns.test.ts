import { mergePhases } from './mergeRuns';

function phases(text: string) {
  return text
    .split(' ')
    .filter(Boolean)
    .map(word => ({ value: word.replace('?', ''), brief: word.endsWith('?') }));
}

const words = (merged: ReturnType<typeof mergePhases>) =>
  merged?.map(({ value, brief }) => `${value}${brief ? '?' : ''}`).join(' ');

describe('mergePhases', () => {
  it.each([
    ['a b', 'a b', 'a b'],
    ['a b? c', 'a c', 'a b? c'],
    ['a c', 'a b? c', 'a b? c'],
    ['a b? c', 'a b c', 'a b? c'],
    ['a b? c', 'a d? c', 'a b? d? c'],
    ['a b? a c', 'a c', 'a b? a? c'],
  ])('%s and %s are %s', (a, b, merged) => {
    expect(words(mergePhases(phases(a), phases(b)))).toBe(merged);
  });

  it.each([
    ['a b', 'a c'],
    ['a b c', 'a c'],
    ['a', ''],
  ])('%s and %s disagree', (a, b) => {
    expect(mergePhases(phases(a), phases(b))).toBeUndefined();
  });
});

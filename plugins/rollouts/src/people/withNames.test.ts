import { withNames } from './withNames';

describe('a sentence without links', () => {
  it.each([
    ['2 approvals of group:default/harbor.', '2 approvals of harbor.'],
    [
      'Ask group:default/harbor or user:abroad/ada.lovelace, now.',
      'Ask harbor or abroad/ada.lovelace, now.',
    ],
    ['demo/colors:green at 10:30.', 'demo/colors:green at 10:30.'],
  ])('%s', (sentence, words) => {
    expect(withNames(sentence)).toBe(words);
  });
});

import { wordsOf } from './session';

describe('wordsOf', () => {
  it('splits at spaces, but not within quotes', () => {
    expect(wordsOf(`kubectl patch a -p '{"a": 1}' --type=merge`)).toEqual([
      'kubectl',
      'patch',
      'a',
      '-p',
      '{"a": 1}',
      '--type=merge',
    ]);
  });
});

import { differingLines, lastingWords } from './sameWords';

const said = (out: string) => ({ code: 0, out, err: '' });

describe('lastingWords', () => {
  it('leaves out what differs between any two clusters', () => {
    expect(
      lastingWords(
        said(
          'pod/web-66c6d67c5c-d86nn  1/1  Running  10.0.0.1  3m2s\nuid: 0d0b1f9e-6b3f-4a53-9d0e-0a1b2c3d4e5f\nat: 2026-01-01T00:00:00Z\n',
        ),
      ),
    ).toBe(
      'exit code 0\npod/web-<hash>-<pod> 1/1 Running <address> <age>\nuid: <uid>\nat: <time>',
    );
  });

  it('keeps names, counts and messages', () => {
    const text = 'replicas: 3\ndeployment.apps/web scaled to green';

    expect(lastingWords(said(text))).toBe(`exit code 0\n${text}`);
  });

  it('sorts, and drops repetition, where order means nothing', () => {
    expect(lastingWords(said('b\na\nb\n'), true)).toBe('exit code 0\na\nb');
  });
});

describe('differingLines', () => {
  it('says who has which line', () => {
    expect(differingLines('a\nb', 'a\nc')).toEqual(['- b', '+ c']);
  });
});

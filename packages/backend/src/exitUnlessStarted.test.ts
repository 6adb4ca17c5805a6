import { exitUnlessStarted } from './exitUnlessStarted';

describe('exitUnlessStarted', () => {
  const given = () => {
    const written: string[] = [];
    const exit = jest.fn();
    return {
      written,
      exit,
      streams: {
        stderr: { write: (text: string) => written.push(text) },
        exit,
      },
    };
  };

  it('says why the backend did not start, and ends', async () => {
    const { streams, written, exit } = given();

    await exitUnlessStarted(
      Promise.reject(new Error('policies[0].count: Too small')),
      streams,
    );

    expect(written).toEqual(['policies[0].count: Too small\n']);
    expect(exit).toHaveBeenCalledWith(1);
  });

  it('leaves a backend alone that has started', async () => {
    const { streams, exit } = given();

    await exitUnlessStarted(Promise.resolve(), streams);

    expect(exit).not.toHaveBeenCalled();
  });
});

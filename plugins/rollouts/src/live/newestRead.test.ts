import { newestRead } from './newestRead';

const settled = () => new Promise(resolve => setTimeout(resolve));

function slow() {
  const asked: { signal: AbortSignal; answer(): void; fail(): void }[] = [];
  const read = newestRead(
    signal =>
      new Promise<void>((answer, reject) => {
        asked.push({ signal, answer, fail: () => reject(new Error('down')) });
      }),
  );
  return { asked, read };
}

describe('a read that must be the newest', () => {
  it('is done once more after the one under way, however often it is asked for', async () => {
    const { asked, read } = slow();
    const { signal } = new AbortController();
    const first = read(signal);
    await read(signal);
    await read(signal);
    expect(asked).toHaveLength(1);

    asked[0]!.answer();
    await settled();
    expect(asked).toHaveLength(2);
    asked[1]!.answer();
    await first;
    expect(asked).toHaveLength(2);
  });

  it('does not wait for that of a signal before, and ends with its own', async () => {
    const { asked, read } = slow();
    const before = new AbortController();
    const ended = read(before.signal);
    await read(before.signal);
    before.abort();
    const now = new AbortController();
    const current = read(now.signal);
    expect(asked.map(({ signal }) => signal)).toEqual([
      before.signal,
      now.signal,
    ]);

    asked[0]!.answer();
    await ended;
    // The one that ended has not taken the place of the other.
    await read(now.signal);
    expect(asked).toHaveLength(2);
    asked[1]!.answer();
    await settled();
    expect(asked).toHaveLength(3);
    asked[2]!.answer();
    await current;
  });

  it('can be asked for again after it failed', async () => {
    const { asked, read } = slow();
    const { signal } = new AbortController();
    const first = read(signal);
    asked[0]!.fail();
    await expect(first).rejects.toThrow('down');
    void read(signal);
    expect(asked).toHaveLength(2);
  });
});

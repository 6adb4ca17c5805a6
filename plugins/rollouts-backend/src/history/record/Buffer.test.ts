import { Buffer, type Look } from './Buffer';

const STREAM = 'local/u1';

function look(seconds: number, change: Partial<Look> = {}): Look {
  return {
    at: seconds * 1_000,
    subject: {},
    gone: false,
    first: false,
    observe: () => {
      throw new Error('nobody looks here');
    },
    ...change,
  };
}

function full(...looks: Look[]) {
  const buffer = new Buffer(2);
  looks.forEach(each => buffer.addLook(STREAM, 'local', each));
  return buffer;
}

describe('what waits for the database', () => {
  it('is looked at once, until the object is another or gone', () => {
    const subject = {};
    const buffer = new Buffer(9);
    for (const gone of [false, false, true, true]) {
      buffer.addLook(STREAM, 'local', look(0, { subject, gone }));
    }
    expect(buffer.get(STREAM)?.looks).toHaveLength(2);
  });

  it('is given up between the first and the last look when it is too much, which leaves a gap', () => {
    const buffer = full(look(1), look(2), look(3));
    expect(buffer.get(STREAM)?.looks).toMatchObject([
      {
        at: 3_000,
        gap: {
          from: '1970-01-01T00:00:01.000Z',
          to: '1970-01-01T00:00:03.000Z',
          cause: 'buffer-full',
        },
      },
    ]);
    expect(buffer).toMatchObject({ size: 1, dropped: 2 });
  });

  it('is still the first that is seen of its cluster, after a gap that was there before', () => {
    const gap = {
      to: '1970-01-01T00:00:01.000Z',
      cause: 'portal-down',
    } as const;
    const buffer = full(look(1, { first: true, gap }), look(2), look(3));
    expect(buffer.get(STREAM)?.looks).toMatchObject([{ first: true, gap }]);
  });

  it('goes out once it is recorded, and nothing else does', () => {
    const [first, second] = [look(1), look(2)];
    const buffer = full(first, second);
    buffer.done(STREAM, [first], []);
    expect(buffer.get(STREAM)?.looks).toEqual([second]);
    buffer.done(STREAM, [second], []);
    expect(buffer.streams).toEqual([]);
    expect(buffer.size).toBe(0);
  });
});

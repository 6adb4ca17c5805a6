import { newIdempotencyKey } from './idempotencyKey';

describe('newIdempotencyKey', () => {
  it('is a version 4 UUID where the browser cannot make one', () => {
    const key = newIdempotencyKey({
      getRandomValues: <T extends ArrayBufferView | null>(array: T): T => {
        if (array instanceof Uint8Array) {
          array.fill(0xff);
        }
        return array;
      },
    });

    expect(key).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  });
});

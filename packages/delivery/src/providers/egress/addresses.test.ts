import { refusedAddress } from './addresses';
import { EgressRefusedError, HttpEgress } from './httpEgress';

describe('refusedAddress', () => {
  it.each([
    ['168.63.129.16', 'metadata'],
    ['::ffff:168.63.129.16', 'metadata'],
    ['fd20:ce::254', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['64:ff9b:1::a9fe:a9fe', 'translated'],
    ['10.0.0.1', undefined],
    ['fd20:ce::255', undefined],
  ])('judges %s to be %s', (address, what) => {
    expect(refusedAddress(address)).toBe(what);
  });
});

describe('HttpEgress', () => {
  it('refuses insecure: true for an allowed origin, too', async () => {
    const origin = 'https://127.0.0.1:1';
    const egress = new HttpEgress({ allowedOrigins: [origin] });

    await expect(
      egress.request(origin, {
        insecure: true,
        timeoutMilliseconds: 1_000,
        signal: new AbortController().signal,
      }),
    ).rejects.toThrow(EgressRefusedError);
  });
});

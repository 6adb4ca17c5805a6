import fc from 'fast-check';
import { fromBase64, toBase64, toBase64Url } from './base64';
import { utf8Bytes, utf8Length, utf8Text } from './utf8';

describe('base64 and UTF-8 without Buffer', () => {
  it('are those of Node.js, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const bytes = Buffer.from(text, 'utf8');

        expect(toBase64(text)).toBe(bytes.toString('base64'));
        expect(toBase64Url(text)).toBe(bytes.toString('base64url'));
        expect(fromBase64(bytes.toString('base64'))).toBe(
          bytes.toString('utf8'),
        );
        expect(utf8Length(text)).toBe(bytes.length);
        expect([...utf8Bytes(text)]).toEqual([...bytes]);
      }),
    );
  });

  it('keep a byte order mark, and show what is no UTF-8', () => {
    expect(fromBase64(toBase64('\uFEFFa'))).toBe('\uFEFFa');
    expect(utf8Text(Uint8Array.of(0x61, 0xff))).toBe('a\uFFFD');
  });

  it('takes base64 without its padding, and nothing else', () => {
    expect(fromBase64('YQ')).toBe('a');
    expect(() => fromBase64('YWJjZ')).toThrow();
  });
});

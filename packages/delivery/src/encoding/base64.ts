import { utf8Bytes, utf8Text } from './utf8';

/** The base64 of a text's UTF-8, with padding. */
export function toBase64(text: string): string {
  let binary = '';
  for (const byte of utf8Bytes(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The same for URLs and file names, without padding: RFC 4648, section 5. */
export function toBase64Url(text: string): string {
  return toBase64(text)
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/**
 * The text whose base64 it is; padding may be left out.
 * @throws DOMException when it is not base64
 */
export function fromBase64(base64: string): string {
  const binary = atob(base64);
  return utf8Text(Uint8Array.from(binary, each => each.charCodeAt(0)));
}

import { toBase64, toBase64Url } from '../../encoding/base64';

const MASK = '***';
/** Shorter ones would mask half of every message and hide nothing. */
const SHORTEST = 3;

/** Takes secrets out of texts: as they are, in base64 and as in URLs and JSON. */
export class Redaction {
  readonly #forms = new Set<string>();

  add(secret: string) {
    const plain = secret.trim();
    if (plain.length < SHORTEST) return;
    for (const value of new Set([secret, plain])) {
      const base64 = toBase64(value);
      this.#forms.add(value);
      this.#forms.add(base64);
      this.#forms.add(base64.replace(/=+$/, ''));
      this.#forms.add(toBase64Url(value));
      this.#forms.add(encodeURIComponent(value));
      this.#forms.add(encodeURI(value));
      this.#forms.add(new URLSearchParams({ v: value }).toString().slice(2));
      this.#forms.add(JSON.stringify(value).slice(1, -1));
    }
  }

  apply(text: string): string {
    // The longest first: one form may be part of another.
    const forms = [...this.#forms].sort((a, b) => b.length - a.length);
    return forms.reduce((clean, form) => clean.replaceAll(form, MASK), text);
  }

  applyTo<T extends Record<string, string>>(texts: T): T {
    return Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [key, this.apply(text)]),
    ) as T;
  }
}

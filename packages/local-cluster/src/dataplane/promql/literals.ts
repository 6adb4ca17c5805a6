import { badQuery } from './promqlError';

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Milliseconds of `1h30m`, or of a bare number of seconds. */
export function durationMs(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (parts.length === 0 || parts.map(part => part[0]).join('') !== text) {
    const seconds = numberOf(text);
    if (Number.isFinite(seconds)) return seconds * 1000;
    throw badQuery(`not a valid duration string: "${text}"`);
  }
  return parts.reduce(
    (sum, part) => sum + Number(part[1]) * UNITS[part[2]!]!,
    0,
  );
}

/** The value of a number, `Inf`, `NaN`, `0x1f` or a duration in seconds. */
export function numberOf(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const bare = text.replace(/^[-+]\s*/, '').replace(/_/g, '');
  if (/^inf$/i.test(bare)) return sign * Infinity;
  if (/^nan$/i.test(bare)) return NaN;
  if (/^0x/i.test(bare)) return sign * parseInt(bare, 16);
  const plain = Number(bare);
  return Number.isNaN(plain) ? (sign * durationMs(bare)) / 1000 : sign * plain;
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  f: '\f',
  b: '\b',
  a: '\x07',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** The text of a string literal: quoted as in Go, or raw in backticks. */
export function textOf(literal: string): string {
  const quote = literal[0];
  if (literal.length < 2 || literal.at(-1) !== quote) {
    throw badQuery('unterminated quoted string');
  }
  const inner = literal.slice(1, -1);
  if (quote === '`') return inner;
  return inner.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-7]{3}|.)/g,
    (_, escape: string) => {
      const known = ESCAPES[escape];
      if (known !== undefined) return known;
      if (/^[xu]./.test(escape)) {
        return String.fromCharCode(parseInt(escape.slice(1), 16));
      }
      if (/^[0-7]{3}$/.test(escape)) {
        return String.fromCharCode(parseInt(escape, 8));
      }
      throw badQuery(`unknown escape sequence in string: \\${escape}`);
    },
  );
}

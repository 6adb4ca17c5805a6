import { ExpressionError } from './limits';

export interface Token {
  kind: 'number' | 'string' | 'name' | 'operator' | 'end';
  text: string;
  /** Of numbers and strings. */
  value?: number | string;
  /** Offset in the source. */
  at: number;
}

const SPACE = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const NUMBER =
  /0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_$][A-Za-z0-9_$]*/y;
const OPERATOR =
  /\?\?|\?\.|\.\.|==|!=|<=|>=|&&|\|\||\*\*|#[A-Za-z_]+|[-+*/%^<>!?:.,()[\]{}#|;=]/y;
const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '0': '\0',
};

function readString(
  source: string,
  at: number,
): { value: string; end: number } {
  const quote = source[at];
  let value = '';
  for (let i = at + 1; i < source.length; i++) {
    const c = source[i] as string;
    if (c === quote) return { value, end: i + 1 };
    if (c !== '\\' || quote === '`') {
      value += c;
      continue;
    }
    const escape = source[++i] ?? '';
    const hex = { x: 2, u: 4, U: 8 }[escape];
    if (hex === undefined) {
      value += ESCAPES[escape] ?? escape;
      continue;
    }
    const digits = source.slice(i + 1, i + 1 + hex);
    const code = Number.parseInt(digits, 16);
    if (!/^[0-9a-fA-F]+$/.test(digits) || code > 0x10ffff) {
      throw new ExpressionError(
        `invalid escape \\${escape}${digits} (at ${i})`,
      );
    }
    value += String.fromCodePoint(code);
    i += hex;
  }
  throw new ExpressionError(`literal not terminated (at ${at})`);
}

/** Splits an expression into tokens; the last one is `end`. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  let at = 0;
  while (at < source.length) {
    const space = match(SPACE, at);
    if (space) {
      at += space.length;
      continue;
    }
    const c = source[at] as string;
    if (c === '"' || c === "'" || c === '`') {
      const { value, end } = readString(source, at);
      tokens.push({ kind: 'string', text: source.slice(at, end), value, at });
      at = end;
      continue;
    }
    if (/[0-9]/.test(c) || (c === '.' && /[0-9]/.test(source[at + 1] ?? ''))) {
      const text = readNumber(source, at, match);
      tokens.push({
        kind: 'number',
        text,
        value: Number(text.replace(/_/g, '')),
        at,
      });
      at += text.length;
      continue;
    }
    const name = match(NAME, at);
    const text = name ?? match(OPERATOR, at);
    if (!text) {
      throw new ExpressionError(`unrecognized character: ${c} (at ${at})`);
    }
    tokens.push({ kind: name ? 'name' : 'operator', text, at });
    at += text.length;
  }
  tokens.push({ kind: 'end', text: 'end of expression', at });
  return tokens;
}

/** `1..3` is a range of two numbers, not `1.` and `.3`. */
function readNumber(
  source: string,
  at: number,
  match: (pattern: RegExp, at: number) => string | undefined,
): string {
  const range = /^\d[\d_]*(?=\.\.)/.exec(source.slice(at, at + 32))?.[0];
  return range ?? match(NUMBER, at) ?? (source[at] as string);
}

import { JsonPathError, type Selector } from './selector';

const LONGEST = 1_024;
/** What ends a field's name unless a backslash stands before it. */
const TERMINATORS = ' \t\r\n.,[]$@{}';
const SLICE = /^(-?\d*)(?::(-?\d*))?(?::(-?\d*))?$/;
const COMPARISON = /^([^!<>=]+)([!<>=]+)(.+)$/;
const OPERATORS = new Set(['==', '!=', '<', '>', '<=', '>=']);

/** Reads the inside of braces, selector by selector. */
class PathParser {
  #at = 0;

  constructor(private readonly source: string) {}

  parse(): Selector[] {
    const selectors: Selector[] = [];
    for (let next = this.#next(); next; next = this.#next()) {
      const last = selectors.at(-1)?.type;
      if (last === 'descend' && next.some(each => each.type === 'descend')) {
        throw new JsonPathError('invalid multiple recursive descent');
      }
      selectors.push(...next);
    }
    return selectors;
  }

  #rest(): string {
    return this.source.slice(this.#at);
  }

  #next(): Selector[] | undefined {
    // Where a path begins is where it is read from: these add nothing.
    while (' $@'.includes(this.source[this.#at] ?? 'end')) this.#at += 1;
    const c = this.source[this.#at];
    if (c === undefined) return undefined;
    const rest = this.#rest();
    if (rest.startsWith('..')) {
      this.#at += 2;
      return /^\w/.test(this.#rest())
        ? [{ type: 'descend' }, this.#field()]
        : [{ type: 'descend' }];
    }
    if (rest.startsWith('[?(')) return [this.#filter()];
    if (c === '[') return this.#brackets();
    if (c === '"' || c === "'") {
      return [{ type: 'constant', value: this.#quoted(c) }];
    }
    if (c === '.') {
      this.#at += 1;
      return [this.#field()];
    }
    const number = /^[+-]?\d[\d.]*/.exec(rest)?.[0];
    if (number !== undefined) {
      if (Number.isNaN(Number(number))) {
        throw new JsonPathError(`cannot parse number ${number}`);
      }
      this.#at += number.length;
      return [{ type: 'constant', value: Number(number) }];
    }
    const word = /^\w+/.exec(rest)?.[0];
    if (word === 'true' || word === 'false') {
      this.#at += word.length;
      return [{ type: 'constant', value: word === 'true' }];
    }
    throw new JsonPathError(
      word
        ? `unrecognized identifier ${word}: a field is written .${word}`
        : `unrecognized character in action: ${c}`,
    );
  }

  #field(): Selector {
    let name = '';
    let escaped = false;
    for (; this.#at < this.source.length; this.#at++) {
      const c = this.source[this.#at] as string;
      if (c === '\\') {
        escaped = true;
        this.#at += 1;
        name += this.source[this.#at] ?? '';
      } else if (TERMINATORS.includes(c)) break;
      else name += c;
    }
    return name === '*' && !escaped
      ? { type: 'wildcard' }
      : { type: 'field', name };
  }

  #quoted(quote: string): string {
    let text = '';
    for (this.#at += 1; this.#at < this.source.length; this.#at++) {
      const c = this.source[this.#at] as string;
      if (c === quote) {
        this.#at += 1;
        return text;
      }
      if (c === '\\') this.#at += 1;
      text += this.source[this.#at] ?? '';
    }
    throw new JsonPathError('unterminated quoted string');
  }

  #brackets(): Selector[] {
    const end = this.source.indexOf(']', this.#at);
    if (end < 0) throw new JsonPathError('unterminated array');
    const inside = this.source.slice(this.#at + 1, end);
    this.#at = end + 1;
    const parts = inside.split(',');
    if (parts.length === 1) return bracket(inside);
    return [{ type: 'union', of: parts.map(part => bracket(part.trim())) }];
  }

  #filter(): Selector {
    this.#at += '[?('.length;
    const begin = this.#at;
    let quote: string | undefined;
    for (; this.#at < this.source.length; this.#at++) {
      const c = this.source[this.#at] as string;
      if (quote) {
        if (c === '\\') this.#at += 1;
        else if (c === quote) quote = undefined;
      } else if (c === '"' || c === "'") quote = c;
      else if (c === ')') break;
    }
    const text = this.source.slice(begin, this.#at);
    if (!this.#rest().startsWith(')]')) {
      throw new JsonPathError('unterminated filter: it ends with )]');
    }
    this.#at += 2;
    const [, left = '', operator = '', right = ''] =
      COMPARISON.exec(text) ?? [];
    if (!operator) return { type: 'exists', left: parseAction(text) };
    if (!OPERATORS.has(operator)) {
      throw new JsonPathError(`unrecognized filter operator ${operator}`);
    }
    return {
      type: 'compare',
      operator,
      left: parseAction(left),
      right: parseAction(right),
    };
  }
}

/** What stands between brackets: a quoted key, an index or a slice. */
function bracket(inside: string): Selector[] {
  if (inside === '*') return [{ type: 'slice' }];
  const key = /^'([^']*)'$/.exec(inside)?.[1];
  // Dots in it separate keys, as they do outside, unless they are escaped.
  if (key !== undefined) return parseAction(`.${key}`);
  const [whole, from = '', to, step = ''] = SLICE.exec(inside) ?? [];
  if (whole === undefined || whole === '') {
    throw new JsonPathError(
      `invalid array index ${inside}: a key is written in single quotes`,
    );
  }
  if (to === undefined) return [{ type: 'index', at: Number(from) }];
  const number = (text: string) => (text === '' ? undefined : Number(text));
  return [
    { type: 'slice', from: number(from), to: number(to), step: number(step) },
  ];
}

function parseAction(source: string): Selector[] {
  return new PathParser(source).parse();
}

/** Where the brace that is open at `begin` is closed. */
function closingBrace(source: string, begin: number): number {
  let quote: string | undefined;
  for (let at = begin; at < source.length; at++) {
    const c = source[at] as string;
    if (quote) {
      if (c === '\\') at += 1;
      else if (c === quote) quote = undefined;
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '}') return at;
  }
  throw new JsonPathError('unclosed action: } is missing');
}

/**
 * Reads a JSONPath written as Kubernetes writes it: paths in braces, one or
 * several. A path without braces, which there would be nothing but text, is
 * taken as if it had them.
 *
 * @throws JsonPathError with what is wrong.
 */
export function parsePath(template: string): Selector[][] {
  if (template.length > LONGEST) {
    throw new JsonPathError(
      `the JSONPath is longer than ${LONGEST} characters`,
    );
  }
  const text = template.trim();
  if (/^[$.@]/.test(text)) return [parseAction(text)];
  const actions: Selector[][] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === '{') {
      const end = closingBrace(text, at + 1);
      actions.push(parseAction(text.slice(at + 1, end)));
      at = end + 1;
    } else {
      const next = text.indexOf('{', at);
      const end = next < 0 ? text.length : next;
      actions.push([{ type: 'constant', value: text.slice(at, end) }]);
      at = end;
    }
  }
  return actions;
}

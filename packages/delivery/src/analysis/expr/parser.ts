import type { Node } from './ast';
import {
  EXPRESSION_LIMITS,
  ExpressionError,
  type ExpressionLimits,
} from './limits';
import { tokenize, type Token } from './lexer';

/** Binary operators by how tightly they bind. `**` and `^` bind to the right. */
const PRECEDENCE: Record<string, number> = {
  '|': 5,
  or: 10,
  '||': 10,
  and: 15,
  '&&': 15,
  '==': 20,
  '!=': 20,
  '<': 20,
  '>': 20,
  '<=': 20,
  '>=': 20,
  in: 20,
  matches: 20,
  contains: 20,
  startsWith: 20,
  endsWith: 20,
  '..': 25,
  '+': 30,
  '-': 30,
  '*': 60,
  '/': 60,
  '%': 60,
  '**': 100,
  '^': 100,
  '??': 500,
};
const UNARY: Record<string, number> = { not: 50, '!': 50, '-': 90, '+': 90 };
const NEGATABLE = new Set([
  'in',
  'matches',
  'contains',
  'startsWith',
  'endsWith',
]);
const KEYWORDS: Record<string, boolean | null> = {
  true: true,
  false: false,
  nil: null,
};

/** Builtins whose last argument is a closure over the elements of the first. */
export const CLOSURE_BUILTINS = new Set([
  'all',
  'any',
  'one',
  'none',
  'filter',
  'map',
  'count',
  'sum',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'groupBy',
  'countBy',
  'sortBy',
  'reduce',
]);

class Parser {
  private position = 0;
  private depth = 0;
  private nodes = 0;
  private closures = 0;

  constructor(
    private readonly tokens: Token[],
    private readonly limits: ExpressionLimits,
  ) {}

  parse(): Node {
    const node = this.sequence();
    if (this.token.kind !== 'end') this.unexpected();
    return node;
  }

  private get token(): Token {
    return this.tokens[
      Math.min(this.position, this.tokens.length - 1)
    ] as Token;
  }

  private unexpected(): never {
    throw new ExpressionError(
      `unexpected token ${this.token.text} (at ${this.token.at})`,
    );
  }

  private is(text: string): boolean {
    const { kind, text: actual } = this.token;
    return actual === text && (kind === 'operator' || kind === 'name');
  }

  private accept(text: string): boolean {
    const found = this.is(text);
    if (found) this.position += 1;
    return found;
  }

  private expect(text: string): void {
    if (!this.accept(text)) this.unexpected();
  }

  private expectName(): string {
    const { kind, text } = this.token;
    if (kind !== 'name') this.unexpected();
    this.position += 1;
    return text;
  }

  private make(node: Node): Node {
    this.nodes += 1;
    if (this.nodes > this.limits.nodes) {
      throw new ExpressionError(
        `the expression has more than ${this.limits.nodes} parts`,
      );
    }
    return node;
  }

  private nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > this.limits.depth) {
      throw new ExpressionError(
        `the expression is nested more than ${this.limits.depth} deep`,
      );
    }
    const result = read();
    this.depth -= 1;
    return result;
  }

  private sequence(): Node {
    if (!this.is('let')) return this.expression();
    return this.nested(() => {
      this.expect('let');
      const name = this.expectName();
      this.expect('=');
      const value = this.expression();
      this.expect(';');
      return this.make({ type: 'let', name, value, body: this.sequence() });
    });
  }

  private expression(minimum = 0): Node {
    return this.nested(() => {
      let left = this.unary();
      for (;;) {
        const next = this.binary(left, minimum);
        if (!next) break;
        left = next;
      }
      return minimum === 0 ? this.conditional(left) : left;
    });
  }

  private binary(left: Node, minimum: number): Node | undefined {
    const { kind, text } = this.token;
    if (kind !== 'operator' && kind !== 'name') return undefined;
    if (text === 'not') {
      const operator = this.tokens[this.position + 1]?.text ?? '';
      if (!NEGATABLE.has(operator) || minimum > 20) return undefined;
      this.position += 2;
      const right = this.expression(21);
      const operand = this.make({ type: 'binary', operator, left, right });
      return this.make({ type: 'unary', operator: 'not', operand });
    }
    const precedence = Object.prototype.hasOwnProperty.call(PRECEDENCE, text)
      ? (PRECEDENCE[text] as number)
      : -1;
    if (precedence < 0 || precedence < minimum) return undefined;
    this.position += 1;
    if (text === '|') return this.pipe(left);
    const rightAssociative = text === '**' || text === '^';
    const right = this.expression(
      rightAssociative ? precedence : precedence + 1,
    );
    return this.make({ type: 'binary', operator: text, left, right });
  }

  /** `value | name(args)` is `name(value, args)`. */
  private pipe(left: Node): Node {
    const name = this.expectName();
    return this.postfix(this.invoke(name, [left]));
  }

  private conditional(test: Node): Node {
    if (!this.accept('?')) return test;
    const then = this.expression();
    this.expect(':');
    const otherwise = this.expression();
    return this.make({ type: 'conditional', test, then, otherwise });
  }

  private unary(): Node {
    const { kind, text } = this.token;
    const precedence =
      (kind === 'operator' || text === 'not') &&
      Object.prototype.hasOwnProperty.call(UNARY, text)
        ? UNARY[text]
        : undefined;
    if (precedence === undefined) return this.postfix(this.primary());
    this.position += 1;
    const operand = this.expression(precedence);
    return this.make({ type: 'unary', operator: text, operand });
  }

  private primary(): Node {
    const { kind, text, value } = this.token;
    if (kind === 'number' || kind === 'string') {
      this.position += 1;
      return this.make({ type: 'literal', value: value as number | string });
    }
    if (kind === 'operator' && text.startsWith('#')) {
      if (!this.closures) {
        throw new ExpressionError(
          `cannot use pointer accessor outside closure (at ${this.token.at})`,
        );
      }
      this.position += 1;
      return this.make({ type: 'pointer', name: text.slice(1) });
    }
    if (kind === 'name') return this.named();
    if (this.accept('(')) {
      const inner = this.sequence();
      this.expect(')');
      return inner;
    }
    if (this.accept('[')) {
      return this.make({ type: 'array', elements: this.list(']') });
    }
    if (this.accept('{')) return this.map();
    // `.field` inside a closure is `#.field`.
    if (this.is('.') && this.closures) {
      return this.make({ type: 'pointer', name: '' });
    }
    return this.unexpected();
  }

  private named(): Node {
    const name = this.expectName();
    if (Object.prototype.hasOwnProperty.call(KEYWORDS, name)) {
      return this.make({ type: 'literal', value: KEYWORDS[name] ?? null });
    }
    if (this.is('(')) return this.invoke(name, []);
    return this.make({ type: 'name', name });
  }

  private invoke(name: string, args: Node[]): Node {
    this.expect('(');
    if (!CLOSURE_BUILTINS.has(name)) {
      const all = [...args, ...this.list(')')];
      return this.make({ type: 'builtin', name, args: all });
    }
    const all = [...args];
    if (!all.length) {
      all.push(this.expression());
      if (!this.is(')')) this.expect(',');
    }
    let closure: Node | undefined;
    if (!this.is(')')) {
      closure = this.closure();
      if (name === 'sortBy') closure = this.fieldByName(closure);
      while (this.accept(',') && !this.is(')')) all.push(this.expression());
    }
    this.expect(')');
    return this.make({ type: 'builtin', name, args: all, closure });
  }

  /** `sortBy(result, "age")` is `sortBy(result, #.age)`. */
  private fieldByName(closure: Node): Node {
    if (closure.type !== 'literal') return closure;
    const object = this.make({ type: 'pointer', name: '' });
    return this.make({
      type: 'member',
      object,
      property: closure,
      optional: false,
    });
  }

  private closure(): Node {
    this.closures += 1;
    const braced = this.accept('{');
    const body = this.sequence();
    if (braced) this.expect('}');
    this.closures -= 1;
    return body;
  }

  private list(end: string): Node[] {
    const elements: Node[] = [];
    while (!this.accept(end)) {
      elements.push(this.expression());
      if (!this.is(end)) this.expect(',');
    }
    return elements;
  }

  private map(): Node {
    const entries: { key: Node; value: Node }[] = [];
    while (!this.accept('}')) {
      const { kind, text, value } = this.token;
      let key: Node;
      if (this.accept('(')) {
        key = this.expression();
        this.expect(')');
      } else if (kind === 'name' || kind === 'string' || kind === 'number') {
        this.position += 1;
        key = this.make({ type: 'literal', value: String(value ?? text) });
      } else this.unexpected();
      this.expect(':');
      entries.push({ key, value: this.expression() });
      if (!this.is('}')) this.expect(',');
    }
    return this.make({ type: 'map', entries });
  }

  private postfix(start: Node): Node {
    let node = start;
    for (;;) {
      if (this.is('.') || this.is('?.')) node = this.member(node);
      else if (this.accept('[')) node = this.index(node);
      else return node;
    }
  }

  private member(object: Node): Node {
    const optional = this.token.text === '?.';
    this.position += 1;
    if (optional && this.accept('[')) {
      const property = this.expression();
      this.expect(']');
      return this.make({ type: 'member', object, property, optional });
    }
    const name = this.expectName();
    const property = this.make({ type: 'literal', value: name });
    const member = this.make({ type: 'member', object, property, optional });
    if (!this.accept('(')) return member;
    return this.make({ type: 'call', callee: member, args: this.list(')') });
  }

  private index(object: Node): Node {
    let from: Node | undefined;
    if (!this.is(':')) from = this.expression();
    if (this.accept(':')) {
      const to = this.is(']') ? undefined : this.expression();
      this.expect(']');
      return this.make({ type: 'slice', object, from, to });
    }
    this.expect(']');
    if (!from) this.unexpected();
    return this.make({
      type: 'member',
      object,
      property: from,
      optional: false,
    });
  }
}

/**
 * Parses one expression of the language that Argo Rollouts' conditions are
 * written in (expr-lang.org/docs/language-definition).
 *
 * @throws ExpressionError with what was expected and where.
 */
export function parseExpression(
  source: string,
  limits: ExpressionLimits = EXPRESSION_LIMITS,
): Node {
  if (source.length > limits.length) {
    throw new ExpressionError(
      `the expression has ${source.length} characters; at most ${limits.length} are allowed`,
    );
  }
  return new Parser(tokenize(source), limits).parse();
}

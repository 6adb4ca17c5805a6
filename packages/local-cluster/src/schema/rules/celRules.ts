import { Environment, EvaluationError, ParseError } from '@marcbachmann/cel-js';

/** What a rule comes to; `unknown` when it says what is not understood here. */
export type Verdict =
  | { kind: 'holds' }
  | { kind: 'unknown' }
  | { kind: 'broken' }
  /** It could not be evaluated, as when a field is missing. */
  | { kind: 'failed'; why: string };

interface Variables {
  self: unknown;
  oldSelf?: unknown;
}

/** What the library says of a function that it does not have. */
const NOT_UNDERSTOOD = /overload|not found|unknown function/i;

/**
 * Evaluates CEL. Kubernetes adds libraries of its own to the language (lists,
 * regular expressions, quantities, addresses, URLs): expressions with their
 * functions are not understood.
 */
export class CelRules {
  readonly #environment = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
  });
  readonly #parsed = new Map<
    string,
    ReturnType<Environment['parse']> | undefined
  >();

  judge(rule: string, variables: Variables): Verdict {
    const run = this.#parse(rule);
    if (!run) return { kind: 'unknown' };
    try {
      return { kind: run({ ...variables }) === true ? 'holds' : 'broken' };
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const [why = ''] = error.message.split('\n');
      return NOT_UNDERSTOOD.test(why)
        ? { kind: 'unknown' }
        : { kind: 'failed', why };
    }
  }

  /** The text that an expression makes, if it makes one. */
  text(expression: string, variables: Variables): string | undefined {
    const run = this.#parse(expression);
    try {
      const text = run?.({ ...variables });
      return typeof text === 'string' && text ? text : undefined;
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      // The rule's own message is there for this.
      return undefined;
    }
  }

  #parse(expression: string) {
    if (!this.#parsed.has(expression)) {
      this.#parsed.set(expression, this.#parseAnew(expression));
    }
    return this.#parsed.get(expression);
  }

  #parseAnew(expression: string) {
    try {
      return this.#environment.parse(expression);
    } catch (error) {
      if (error instanceof ParseError) return undefined;
      throw error;
    }
  }
}

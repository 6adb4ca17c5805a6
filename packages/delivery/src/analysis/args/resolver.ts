import { substitute, substituteDeep, type ArgumentValues } from './substitute';
import {
  escapeExpression,
  escapeJson,
  escapePromql,
  escapeUrl,
} from './escape';
import { Redaction } from './redaction';

/** A value that a header cannot carry. */
export class UnsafeHeaderError extends Error {
  readonly name = 'UnsafeHeaderError';
}

/**
 * Fills a run's arguments into a metric's texts. Each sink has its own
 * method, so that a value cannot change the meaning of what surrounds it.
 */
export class ArgumentResolver {
  readonly redaction = new Redaction();
  readonly #values: ArgumentValues;

  /** @param secrets - values that must never be shown */
  constructor(values: ArgumentValues, secrets: Iterable<string> = []) {
    this.#values = values;
    for (const secret of secrets) this.redaction.add(secret);
  }

  /** As it is, for places that take any text. */
  text(source: string): string {
    return substitute(source, this.#values);
  }

  /** A value inside a string literal of a query cannot end the literal. */
  promql(source: string): string {
    return substitute(source, this.#values, escapePromql);
  }

  /** The same for conditions. */
  expression(source: string): string {
    return substitute(source, this.#values, escapeExpression);
  }

  /** A value in a path or query string cannot begin another part of the URL. */
  url(source: string): string {
    return substitute(source, this.#values, escapeUrl);
  }

  /** @throws UnsafeHeaderError when the header would contain a line break. */
  header(source: string): string {
    const value = substitute(source, this.#values);
    if (/[\r\n\0]/.test(value)) {
      throw new UnsafeHeaderError(
        `a header contains a line break after its arguments were filled in`,
      );
    }
    return value;
  }

  /** Every string inside a JSON value. */
  json<T>(value: T): T {
    return substituteDeep(value, this.#values);
  }

  /** The text of a JSON document: a value inside a string cannot end it. */
  jsonText(source: string): string {
    return substitute(source, this.#values, escapeJson);
  }

  /** Something learnt on the way that must never be shown either. */
  secret(value: string) {
    this.redaction.add(value);
  }
}

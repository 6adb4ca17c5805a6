import type { Escape } from './substitute';

/** The quote of the string literal that is open at the end of `source`. */
function openQuote(source: string, comment?: string): string | undefined {
  let quote: string | undefined;
  for (let i = 0; i < source.length; i++) {
    const c = source[i] as string;
    if (quote) {
      if (c === '\\' && quote !== '`') i += 1;
      else if (c === quote) quote = undefined;
    } else if (c === '"' || c === "'" || c === '`') {
      quote = c;
    } else if (comment && source.startsWith(comment, i)) {
      const end = source.indexOf('\n', i);
      if (end < 0) return undefined;
      i = end;
    }
  }
  return quote;
}

/** Leaves a value's own escapes alone; only what would end the literal is escaped. */
function insideLiteral(value: string, quote: string): string {
  // Raw literals know no escapes: the quote itself cannot be written.
  if (quote === '`') return value.replaceAll('`', "'");
  let escaped = '';
  for (let i = 0; i < value.length; i++) {
    const c = value[i] as string;
    if (c === '\\') {
      const next = value[i + 1];
      escaped += next === undefined ? '\\\\' : `\\${next}`;
      i += 1;
    } else if (c === quote) escaped += `\\${c}`;
    else if (c === '\n') escaped += '\\n';
    else if (c === '\r') escaped += '\\r';
    else escaped += c;
  }
  return escaped;
}

const literalEscape =
  (comment: string): Escape =>
  (value, before) => {
    const quote = openQuote(before, comment);
    return quote ? insideLiteral(value, quote) : value;
  };

/** For PromQL. Outside literals a value may be any part of the query. */
export const escapePromql = literalEscape('#');

/** For conditions. */
export const escapeExpression = literalEscape('//');

/** For the text of JSON documents. */
export const escapeJson: Escape = (value, before) =>
  openQuote(before) === '"' ? JSON.stringify(value).slice(1, -1) : value;

/**
 * For URLs. A value may bring scheme, host and path when it stands at their
 * place; behind them it cannot begin a query, another parameter or a fragment.
 */
export const escapeUrl: Escape = (value, before) => {
  if (before.includes('#')) return encodeURIComponent(value);
  if (before.includes('?')) {
    return value.replace(
      /%(?![0-9a-fA-F]{2})|[\s&#"<>\\^`{|}]/g,
      encodeURIComponent,
    );
  }
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i.test(before)) {
    return value.replace(
      /%(?![0-9a-fA-F]{2})|[\s?#"<>\\^`{|}]/g,
      encodeURIComponent,
    );
  }
  return value;
};

import { JSONPath } from 'jsonpath-plus';

const LONGEST = 1_024;
/** Kubernetes' JSONPath has no functions; a filter must not do work. */
const CALL = /[\w$\])]\s*\(/;

/**
 * The value at a JSONPath written as Kubernetes writes it, in braces:
 * `{$.data.ok}`, `{.items[*].name}`. One match is that value, several (of a
 * wildcard, a slice or a filter) a list. Filters are evaluated by a walker
 * without access to anything outside the document.
 *
 * @throws Error when nothing is there.
 */
export function readJsonPath(document: unknown, source: string): unknown {
  const inner = source
    .trim()
    .replace(/^\{([\s\S]*)\}$/, '$1')
    .trim();
  const path = inner.startsWith('$') ? inner : `$${inner}`;
  if (path === '$') return document;
  if (path.length > LONGEST || CALL.test(path)) {
    throw new Error(
      `JSONPath "${path.slice(0, 80)}" is too long, or calls functions: only fields, indexes, slices, wildcards and comparisons are understood`,
    );
  }
  const found: unknown[] = JSONPath({
    path,
    json: document as object,
    wrap: true,
    eval: 'safe',
  });
  if (!found?.length) {
    const last = /([^.[\]'"*?()]+)['"\])]*$/.exec(path)?.[1] ?? path;
    throw new Error(`Could not find JSONPath in body: ${last} is not found`);
  }
  const several = /\*|\.\.|\[\?|\[[^\]'"]*[:,]/.test(path);
  return several || found.length > 1 ? found : found[0];
}

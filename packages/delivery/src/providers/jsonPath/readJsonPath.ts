import { followPath } from './followPath';
import { parsePath } from './parsePath';
import { JsonPathError } from './selector';

/**
 * The first value at a JSONPath in Kubernetes' dialect: `{$.data.ok}`,
 * `{.items[?(@.name=="x")].value}`. Source: kubernetes.io, "JSONPath Support";
 * Argo Rollouts takes the first of several values, and so is it here.
 *
 * @throws JsonPathError when the path cannot be read, or nothing is there.
 */
export function readJsonPath(document: unknown, template: string): unknown {
  const found = parsePath(template).map(path => followPath(document, path));
  const first = found.find(values => values.length > 0);
  if (!first) throw new JsonPathError('the JSONPath leads to no value');
  return first[0] ?? null;
}

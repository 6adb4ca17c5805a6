/** What the validation by the OpenAPI description found. */
export interface InvalidRequest {
  message: string;
  errors: readonly { path: string; errorCode?: string }[];
}

/**
 * What is wrong with a request, for whoever sent it. The validator says of a
 * field that is not known only that there is one; here it is named, because it
 * is a typing error more often than not. Of a parameter that is given twice it
 * says that a list is no text.
 */
export function invalidRequestText(
  { message, errors }: InvalidRequest,
  query: Record<string, unknown>,
): string {
  const twice = errors
    .map(({ path }) => path.replace(/^\/query\//, ''))
    .filter(name => Array.isArray(query[name]));
  if (twice.length > 0) {
    return twice.map(name => `Give the parameter "${name}" once`).join('; ');
  }
  const unknown = errors
    .filter(({ errorCode }) => errorCode?.startsWith('additionalProperties.'))
    .map(({ path }) => `request${path}`);
  return unknown.length > 0 ? `${message}: ${unknown.join(', ')}` : message;
}

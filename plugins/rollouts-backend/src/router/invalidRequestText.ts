/** What the validation by the OpenAPI description found. */
export interface InvalidRequest {
  message: string;
  errors: readonly { path: string; errorCode?: string }[];
}

/**
 * What is wrong with a request, for whoever sent it. The validator says of a
 * field that is not known only that there is one; here it is named, because it
 * is a typing error more often than not.
 */
export function invalidRequestText({
  message,
  errors,
}: InvalidRequest): string {
  const unknown = errors
    .filter(({ errorCode }) => errorCode?.startsWith('additionalProperties.'))
    .map(({ path }) => `request${path}`);
  return unknown.length > 0 ? `${message}: ${unknown.join(', ')}` : message;
}

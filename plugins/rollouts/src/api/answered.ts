/**
 * The body of an answer that is no error.
 * @throws when there is none, as when a proxy swallowed it
 */
export function answered<T>(answer: { data?: T; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(
      `The answer of ${new URL(answer.response.url, 'http://localhost').pathname} was empty.`,
    );
  }
  return answer.data;
}

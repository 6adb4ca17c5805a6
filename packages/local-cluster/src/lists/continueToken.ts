import { badRequest } from '../api/apiError';

/** Where the next page starts. */
export interface Continuation {
  /** The list's revision; 0 when the rest may be of any revision. */
  revision: number;
  /** The key of the last object that was sent. */
  after: string;
}

export function encodeContinue(continuation: Continuation): string {
  return Buffer.from(
    JSON.stringify({
      v: 'meta.k8s.io/v1',
      rv: continuation.revision,
      start: continuation.after,
    }),
  ).toString('base64url');
}

/** @throws ApiError 400 when it is not a token of ours */
export function decodeContinue(token: string): Continuation {
  try {
    const { rv, start } = JSON.parse(
      Buffer.from(token, 'base64url').toString('utf8'),
    );
    if (Number.isInteger(rv) && typeof start === 'string') {
      return { revision: rv, after: start };
    }
  } catch {
    // Answered below like any other text that is not a token.
  }
  throw badRequest('continue key is not valid');
}

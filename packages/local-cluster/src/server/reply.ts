import { Status } from '../api/apiError';

/** A whole answer; watches are streams and not made of these. */
export interface Reply {
  status: number;
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

export function json(
  status: number,
  value: unknown,
  contentType = 'application/json',
): Reply {
  return { status, contentType, body: JSON.stringify(value) };
}

/** Like `json`, for what is serialised already. */
export function rawJson(status: number, body: string): Reply {
  return { status, contentType: 'application/json', body };
}

export function text(status: number, body: string): Reply {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

export function failure(status: Status): Reply {
  const retryAfter = status.details?.retryAfterSeconds;
  return {
    ...json(status.code, status),
    ...(retryAfter !== undefined && {
      headers: { 'Retry-After': String(retryAfter) },
    }),
  };
}

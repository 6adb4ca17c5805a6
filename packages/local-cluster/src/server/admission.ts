import { timingSafeEqual } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { ApiError, createApiError } from '../api/apiError';

const LOCAL_NAMES = [
  'localhost',
  '127.0.0.1',
  '[::1]',
  'kubernetes.default.svc',
];

/**
 * Refuses a request whose Host is not this machine: a web page that has its
 * own name resolve to 127.0.0.1 must not get through.
 */
export function checkHost(request: IncomingMessage): ApiError | undefined {
  const host = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (LOCAL_NAMES.includes(host)) return undefined;
  return createApiError(
    403,
    'Forbidden',
    `the Host header must name this machine (127.0.0.1 or localhost), not "${host}"`,
  );
}

/** Paths that tell nothing about the cluster. */
const OPEN = ['/healthz', '/livez', '/readyz', '/version'];

export function checkToken(
  request: IncomingMessage,
  path: string,
  token: string,
): ApiError | undefined {
  if (OPEN.includes(path)) return undefined;
  const sent = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (sent !== undefined && equalInConstantTime(sent, token)) return undefined;
  return createApiError(401, 'Unauthorized', 'Unauthorized');
}

function equalInConstantTime(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

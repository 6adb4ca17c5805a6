import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Clock } from '../clock/clock';
import { pause } from '../clock/clock';
import type { Connection, ConnectionSource } from '../credentials/connection';
import {
  KubeApiError,
  TooManyRequestsError,
  UnreachableError,
  toApiError,
} from './errors';

export interface TransportRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  contentType?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Whether 429 is waited out; an eviction's 429 has a meaning of its own. */
  obeyRetryAfter?: boolean;
}

export interface TransportOptions {
  connections: ConnectionSource;
  clock: Clock;
  userAgent: string;
  /** From sending a request to the end of its answer; for a watch to its start. */
  requestTimeoutMilliseconds: number;
  /** How often a request is repeated after 429 before the caller is told. */
  maxRetries: number;
  /** A Retry-After longer than this is the caller's business. */
  maxRetryAfterSeconds: number;
}

/**
 * HTTP to one API server. Does what holds for every request: credentials
 * renewed once on 401, Retry-After obeyed by all requests to this server,
 * failures turned into typed errors.
 */
export class Transport {
  readonly #options: TransportOptions;
  #closedUntil = 0;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** The whole answer, parsed as JSON by the caller. */
  async text(request: TransportRequest): Promise<string> {
    const deadline = this.#deadline(request.signal);
    try {
      const response = await this.#answered(request, deadline.signal);
      return await readAll(response);
    } catch (error) {
      throw this.#asUnreachable(request, error, deadline);
    } finally {
      deadline.clear();
    }
  }

  /** The answer's stream, once its headers are here; the time limit ends there. */
  async stream(request: TransportRequest): Promise<IncomingMessage> {
    const deadline = this.#deadline(request.signal);
    try {
      return await this.#answered(request, deadline.signal);
    } catch (error) {
      deadline.release();
      throw this.#asUnreachable(request, error, deadline);
    } finally {
      // The caller's own signal still ends the stream.
      deadline.stopTimer();
    }
  }

  async #answered(
    request: TransportRequest,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    let connection = await this.#options.connections.get();
    let renewed = false;
    for (let attempt = 0; ; attempt++) {
      await this.#gate(request, signal);
      const response = await this.#send(request, connection, signal);
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) return response;
      const error = toApiError(
        describe(request),
        status,
        await readAll(response),
        response.headers['retry-after'],
      );
      if (status === 401 && !renewed) {
        renewed = true;
        const next = await this.#options.connections.renew(connection);
        if (!next) throw error;
        connection = next;
      } else if (!this.#waitsOut(request, error, attempt)) {
        throw error;
      }
    }
  }

  /** Notes how long nobody may ask, and says whether this request tries again. */
  #waitsOut(request: TransportRequest, error: KubeApiError, attempt: number) {
    const wait = error.retryAfterSeconds;
    if (request.obeyRetryAfter === false || wait === undefined) return false;
    if (!(error instanceof TooManyRequestsError)) return false;
    const { maxRetries, maxRetryAfterSeconds, clock } = this.#options;
    // One answer cannot close a whole cluster for longer than the limit.
    const closed = Math.min(wait, maxRetryAfterSeconds) * 1000;
    this.#closedUntil = Math.max(this.#closedUntil, clock.monotonic() + closed);
    return attempt < maxRetries && wait <= maxRetryAfterSeconds;
  }

  /** Waits while the server asks for quiet, but in all no longer than the limit. */
  async #gate(request: TransportRequest, signal: AbortSignal) {
    const { clock, maxRetryAfterSeconds } = this.#options;
    const patience = clock.monotonic() + maxRetryAfterSeconds * 1000;
    for (;;) {
      signal.throwIfAborted();
      const wait = this.#closedUntil - clock.monotonic();
      if (wait <= 0) return;
      if (this.#closedUntil > patience) {
        throw new TooManyRequestsError({
          status: 429,
          reason: 'TooManyRequests',
          message:
            'The API server asked all requests to wait, again and again, so this one was not sent',
          request: describe(request),
          retryAfterSeconds: Math.ceil(wait / 1000),
        });
      }
      await pause(clock, wait, signal);
    }
  }

  #send(
    request: TransportRequest,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const body =
      request.body === undefined ? undefined : JSON.stringify(request.body);
    const { server } = connection;
    const prefix = server.pathname.replace(/\/$/, '');
    const send = server.protocol === 'http:' ? http.request : https.request;
    return new Promise((resolve, reject) => {
      const outgoing = send(
        {
          hostname: server.hostname.replace(/^\[|\]$/g, ''),
          port: server.port,
          method: request.method,
          path: `${prefix}${request.path}`,
          agent: connection.agent,
          signal,
          headers: {
            accept: 'application/json',
            'user-agent': this.#options.userAgent,
            ...(body === undefined
              ? {}
              : {
                  'content-type': request.contentType ?? 'application/json',
                  'content-length': Buffer.byteLength(body),
                }),
            ...connection.headers,
            ...request.headers,
          },
        },
        resolve,
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // The server closed a kept connection while the request was on its
        // way: a read is simply sent again, on another one.
        const repeatable = request.method === 'GET' && outgoing.reusedSocket;
        if (repeatable && error.code === 'ECONNRESET' && !signal.aborted) {
          resolve(this.#send(request, connection, signal));
        } else {
          reject(error);
        }
      });
      outgoing.end(body);
    });
  }

  #deadline(outer?: AbortSignal) {
    const controller = new AbortController();
    let timedOut = false;
    const forward = () => controller.abort(outer?.reason);
    if (outer?.aborted) forward();
    else outer?.addEventListener('abort', forward, { once: true });
    const limit = this.#options.requestTimeoutMilliseconds;
    // The limit covers the answer, not an obeyed Retry-After before it.
    let stopTimer = () => {};
    const arm = (milliseconds: number) => {
      stopTimer = this.#options.clock.after(milliseconds, () => {
        const waiting = this.#closedUntil - this.#options.clock.monotonic();
        if (waiting > 0) {
          arm(waiting + limit);
          return;
        }
        timedOut = true;
        controller.abort();
      });
    };
    arm(limit);
    const release = () => outer?.removeEventListener('abort', forward);
    return {
      signal: controller.signal,
      timedOut: () => timedOut,
      outerAborted: () => outer?.aborted ?? false,
      stopTimer: () => stopTimer(),
      release,
      clear: () => {
        stopTimer();
        release();
      },
    };
  }

  #asUnreachable(
    request: TransportRequest,
    error: unknown,
    deadline: { timedOut(): boolean; outerAborted(): boolean },
  ): unknown {
    if (deadline.timedOut()) {
      return new UnreachableError(
        describe(request),
        `The API server did not answer within ${this.#options.requestTimeoutMilliseconds / 1000} s. Check that it is running and not overloaded`,
        { cause: error },
      );
    }
    if (deadline.outerAborted() || !isSystemError(error)) return error;
    return new UnreachableError(
      describe(request),
      `The API server cannot be reached: ${error.message || error.code}. ${advice(error.code)}`,
      { cause: error },
    );
  }
}

export function describe(request: TransportRequest): string {
  return `${request.method} ${request.path.split('?')[0]}`;
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'code' in error;
}

function advice(code?: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'Nothing listens there: is the cluster running, and is the address in the kubeconfig right?';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'Its name does not resolve: check the address in the kubeconfig and the DNS';
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'Check the network, VPN and firewall between here and the cluster';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'It closed the connection: it may be restarting';
    default:
      return /CERT|TLS|SSL|SELF_SIGNED|VERIFY|ISSUER/.test(code ?? '')
        ? 'Its certificate is not trusted: set certificate-authority in the kubeconfig'
        : 'Check the address in the kubeconfig and the network';
  }
}

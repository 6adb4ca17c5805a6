import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { refusedAddress } from './addresses';

/** Which servers metrics may be read from. */
export interface EgressPolicy {
  /**
   * Origins (`http://prometheus.monitoring:9090`) that may be reached wherever
   * they are, loopback included.
   */
  allowedOrigins?: string[];
  /** Refuse every origin that is not allowed. By default any public or private address is reachable. */
  onlyAllowed?: boolean;
  /** `insecure: true` in a metric may switch off certificate checks. */
  allowInsecure?: boolean;
  /** Bytes of one answer; default 4 MiB. */
  maxBytes?: number;
}

export interface EgressRequest {
  method?: 'GET' | 'POST' | 'PUT';
  headers?: Record<string, string>;
  body?: string;
  /** Until the whole answer is there. */
  timeoutMilliseconds: number;
  /** Do not check the server's certificate. */
  insecure?: boolean;
  signal: AbortSignal;
}

export interface EgressResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** The request was not made, or its answer not taken, on purpose. */
export class EgressRefusedError extends Error {
  readonly name = 'EgressRefusedError';
}

/** The server did not answer as it should. */
export class EgressFailedError extends Error {
  readonly name = 'EgressFailedError';
}

/** The server had closed a kept connection before it heard of the request. */
class StaleConnectionError extends Error {
  readonly name = 'StaleConnectionError';
}

const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;
/** Connections to one server that are kept for the next request, and for how long; milliseconds. */
const KEPT = { keepAlive: true, maxFreeSockets: 8, timeout: 30_000 };

/**
 * The only way out for metric requests. URLs come from whoever may write an
 * AnalysisTemplate, so the address is checked after it was resolved and then
 * connected to as it was checked; redirects are not followed; time and size
 * are bounded. A connection that is kept leads where it was checked to lead:
 * it serves the same origin again, whatever its name resolves to by then.
 */
export class HttpEgress {
  readonly #policy: EgressPolicy;
  readonly #allowed: ReadonlySet<string>;
  readonly #agents = {
    'http:': new http.Agent(KEPT),
    'https:': new https.Agent(KEPT),
  };

  constructor(policy: EgressPolicy = {}) {
    this.#policy = policy;
    this.#allowed = new Set(
      (policy.allowedOrigins ?? []).map(origin => new URL(origin).origin),
    );
  }

  /**
   * @throws EgressRefusedError, EgressFailedError, or what the signal aborts with
   */
  async request(url: string, options: EgressRequest): Promise<EgressResponse> {
    const target = this.#check(url, options.insecure === true);
    // What has an effect is not sent twice, and so never over a kept connection.
    const mayKeep = (options.method ?? 'GET') === 'GET';
    try {
      return await this.#send(target, options, mayKeep);
    } catch (error) {
      if (!(error instanceof StaleConnectionError)) throw error;
      return this.#send(target, options, false);
    }
  }

  #send(
    target: HttpUrl,
    options: EgressRequest,
    mayKeep: boolean,
  ): Promise<EgressResponse> {
    const { origin, protocol } = target;
    const allowed = this.#allowed.has(origin);
    return new Promise((resolve, reject) => {
      const secure = protocol === 'https:';
      const request = (secure ? https : http).request(target, {
        method: options.method ?? 'GET',
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          ...options.headers,
        },
        agent: mayKeep && this.#agents[protocol],
        lookup: allowed ? undefined : guardedLookup(origin),
        signal: options.signal,
        ...(secure ? { rejectUnauthorized: options.insecure !== true } : {}),
      });
      const timer = setTimeout(() => {
        request.destroy(
          new EgressFailedError(
            `no answer from ${origin} within ${options.timeoutMilliseconds / 1000} s`,
          ),
        );
      }, options.timeoutMilliseconds);
      let answered = false;
      request.on('close', () => clearTimeout(timer));
      request.on('error', error =>
        reject(
          request.reusedSocket && !answered && isCut(error)
            ? new StaleConnectionError(origin, { cause: error })
            : explain(error, origin),
        ),
      );
      request.on('response', response => {
        answered = true;
        this.#read(response, origin).then(resolve, error => {
          request.destroy();
          reject(error);
        });
      });
      request.end(options.body);
    });
  }

  #check(url: string, insecure: boolean): HttpUrl {
    if (!URL.canParse(url)) {
      throw new EgressRefusedError(`"${url}" is not a URL`);
    }
    const target = new URL(url);
    if (!isHttp(target)) {
      throw new EgressRefusedError(
        `${target.protocol} is not allowed: use http or https`,
      );
    }
    if (insecure && !this.#policy.allowInsecure) {
      throw new EgressRefusedError(
        `insecure: true is not allowed for ${target.origin}: ask the operator to allow it, or give the server a certificate that can be verified`,
      );
    }
    if (this.#allowed.has(target.origin)) return target;
    if (this.#policy.onlyAllowed) {
      throw new EgressRefusedError(
        `${target.origin} is not among the allowed origins: ask the operator to allow it`,
      );
    }
    const literal = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal)) refuse(literal, target.origin);
    return target;
  }

  async #read(
    response: http.IncomingMessage,
    origin: string,
  ): Promise<EgressResponse> {
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400) {
      throw new EgressRefusedError(
        `${origin} answered with a redirect (${status}); redirects are not followed: use the final URL`,
      );
    }
    const limit = this.#policy.maxBytes ?? DEFAULT_MAX_BYTES;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response) {
      size += chunk.length;
      if (size > limit) {
        throw new EgressRefusedError(
          `the answer of ${origin} is larger than ${limit} bytes`,
        );
      }
      chunks.push(chunk);
    }
    return {
      status,
      headers: response.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
  }
}

function refuse(address: string, origin: string): void {
  const what = refusedAddress(address);
  if (!what) return;
  throw new EgressRefusedError(
    `${origin} is a ${what} address (${address}); ask the operator to allow this origin`,
  );
}

/** Resolves, checks every address found, and hands on only those checked. */
function guardedLookup(origin: string): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses: LookupAddress[] = found ?? [];
      if (error) {
        callback(error, []);
        return;
      }
      try {
        for (const { address } of addresses) refuse(address, origin);
      } catch (refused) {
        callback(refused as Error, []);
        return;
      }
      const [first] = addresses;
      if (options.all) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family);
    });
  };
}

type HttpUrl = URL & { protocol: 'http:' | 'https:' };

function isHttp(url: URL): url is HttpUrl {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

/** The other side has ended the connection. */
function isCut({ code }: Error & { code?: string }): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE';
}

function explain(error: Error & { code?: string }, origin: string): Error {
  if (error instanceof EgressRefusedError) return error;
  if (error instanceof EgressFailedError) return error;
  if (error.name === 'AbortError') return error;
  return new EgressFailedError(
    `${origin} could not be reached: ${error.code ?? error.message}`,
    { cause: error },
  );
}

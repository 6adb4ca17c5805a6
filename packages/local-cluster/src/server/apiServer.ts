import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { ApiError, createApiError, expired } from '../api/apiError';
import { Fault, FaultHook } from '../faults/faultHook';
import { ServerIdentity } from '../tls/authority';
import { checkHost, checkToken } from './admission';
import { followLog } from './handlers/podHandlers';
import { ApiCall, isTrue, readCall } from './apiCall';
import { decodeObject } from '../protobuf/decodeObject';
import { readMessages } from '../protobuf/messages';
import { mediaType, readBody } from './body';
import { asApiError, dispatch } from './dispatch';
import { failure, Reply } from './reply';
import { resourceCall } from './resourceCall';
import { ResponseWriter } from './responseWriter';
import { ServerContext } from './serverContext';
import { startWatchStream } from './watchStream';

export interface ApiServerOptions {
  context: Omit<ServerContext, 'address'>;
  identity: ServerIdentity;
  token: string;
  faults?: FaultHook;
  log: (message: string) => void;
}

/** What Go clients send builtin kinds as. */
const PROTOBUF = 'application/vnd.kubernetes.protobuf';

interface OpenWatch {
  expire(): void;
  cut(): void;
}

/**
 * The cluster over HTTPS on the loopback interface.
 *
 * Implemented beside a real API server: HTTP/1.1, JSON, protobuf in
 * requests, bearer token, Host check. Not implemented: HTTP/2, protobuf in
 * answers, compression, client certificates,
 * impersonation, priority and fairness, exec, attach, port-forward and proxy.
 */
export class ApiServer {
  private server: Server;
  private readonly context: ServerContext;
  private readonly watches = new Set<OpenWatch>();
  private readonly messages = readMessages();
  private calls = 0;
  private token: string;
  private faults: FaultHook | undefined;

  constructor(private readonly options: ApiServerOptions) {
    this.token = options.token;
    this.faults = options.faults;
    this.context = {
      ...options.context,
      address: () => `127.0.0.1:${this.port}`,
    };
    this.server = this.createServer();
  }

  /** The port listened on; 0 before that. */
  port = 0;

  /** How many calls there were, health checks included. */
  get callCount(): number {
    return this.calls;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** @throws Error with code EADDRINUSE when the port is taken */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Stops listening and breaks all connections. */
  async close(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.server.close(() => resolve());
    });
    this.server.closeAllConnections();
    await closed;
    // A closed server cannot listen again; the next one may have to.
    this.server = this.createServer();
  }

  setFaults(faults: FaultHook | undefined): void {
    this.faults = faults;
  }

  setToken(token: string): void {
    this.token = token;
  }

  /** Ends every open watch with an ERROR of 410. */
  expireWatches(): void {
    for (const watch of [...this.watches]) watch.expire();
  }

  /** Breaks every open watch off. */
  cutWatches(): void {
    for (const watch of [...this.watches]) watch.cut();
  }

  private createServer(): Server {
    const { certificate, key } = this.options.identity;
    const server = createServer(
      { cert: certificate, key },
      (request, response) => {
        this.handle(request, response).catch(error => {
          this.options.log(
            `could not answer ${request.method} ${request.url}: ${error}`,
          );
          response.destroy();
        });
      },
    );
    // Watches live long, and Go clients keep connections for reuse.
    server.requestTimeout = 0;
    server.keepAliveTimeout = 120_000;
    return server;
  }

  private async handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const call = readCall(
      request.method ?? 'GET',
      request.url ?? '/',
      request.headers,
    );
    const fault = this.faultOf(call);
    if (fault?.kind === 'delay') await this.wait(fault.milliseconds);
    const writer = new ResponseWriter(response, bodyFault(fault));
    if (fault?.kind === 'hang' && fault.afterBytes === undefined) return;

    const refused =
      checkHost(request) ?? checkToken(request, call.path, this.token);
    if (refused) {
      request.resume();
      sendReply(writer, call, failure(refused.status));
      return;
    }
    if (fault && happensBefore(fault)) {
      if (fault.kind === 'fail') sendReply(writer, call, failureOf(fault));
      else response.destroy();
      return;
    }
    if (this.isStream(call)) {
      request.resume();
      this.stream(call, writer, response);
      return;
    }
    const reply = await this.answer(request, call);
    sendReply(writer, call, fault?.kind === 'fail' ? failureOf(fault) : reply);
  }

  private async answer(
    request: IncomingMessage,
    call: ApiCall,
  ): Promise<Reply> {
    try {
      const body = await readBody(request);
      if (mediaType(call.headers['content-type']) !== PROTOBUF) {
        return dispatch(this.context, call, body.toString('utf8'));
      }
      const headers = { ...call.headers, 'content-type': 'application/json' };
      const object = decodeObject(this.messages, body);
      return dispatch(
        this.context,
        { ...call, headers },
        JSON.stringify(object),
      );
    } catch (error) {
      return failure(asApiError(error).status);
    }
  }

  private isStream(call: ApiCall): boolean {
    return (
      call.verb === 'watch' ||
      (call.resource?.subresource === 'log' && isTrue(call.query.get('follow')))
    );
  }

  private stream(
    call: ApiCall,
    writer: ResponseWriter,
    response: ServerResponse,
  ): void {
    const lines: string[] = [];
    let begun = false;
    let ended = false;
    const write = (line: string) => {
      if (begun) writer.write(line);
      else lines.push(line);
    };
    const end = () => {
      ended = true;
      if (begun) finish();
    };
    let stop = () => {};
    const finish = () => {
      stop();
      this.watches.delete(open);
      writer.end();
    };
    const open: OpenWatch = {
      expire() {
        const error = expired('too old resource version');
        write(`${JSON.stringify({ type: 'ERROR', object: error.status })}\n`);
        finish();
      },
      cut: () => writer.destroy(),
    };
    try {
      if (!call.resource) throw createApiError(404, 'NotFound', 'not found');
      const about = resourceCall(this.context, {
        ...call,
        resource: call.resource,
      });
      const start = call.verb === 'watch' ? startWatchStream : followLog;
      stop = start(this.context, about, write, end);
    } catch (error) {
      sendReply(writer, call, failure(asApiError(error).status));
      return;
    }
    this.watches.add(open);
    response.on('close', () => {
      stop();
      this.watches.delete(open);
    });
    writer.head(200, {
      'Content-Type':
        call.verb === 'watch'
          ? 'application/json'
          : 'text/plain; charset=utf-8',
    });
    begun = true;
    if (lines.length > 0) writer.write(lines.join(''));
    if (ended) finish();
  }

  private faultOf(call: ApiCall): Fault | undefined {
    this.calls++;
    return this.faults?.({
      number: this.calls,
      verb: call.verb,
      method: call.method,
      path: call.path,
      query: call.query,
      group: call.resource?.group,
      resource: call.resource?.resource,
      namespace: call.resource?.namespace,
      name: call.resource?.name,
      subresource: call.resource?.subresource,
    });
  }

  private wait(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      this.context.store.context.clock.after(milliseconds, resolve);
    });
  }
}

function sendReply(writer: ResponseWriter, call: ApiCall, reply: Reply): void {
  writer.head(reply.status, {
    'Content-Type': reply.contentType,
    'Content-Length': Buffer.byteLength(reply.body),
    'Cache-Control': 'no-cache, private',
    ...reply.headers,
  });
  if (call.method !== 'HEAD') writer.write(reply.body);
  writer.end();
}

function happensBefore(fault: Fault): boolean {
  if (fault.kind === 'fail') return fault.when !== 'after';
  return (
    fault.kind === 'cut' &&
    fault.when !== 'after' &&
    fault.afterBytes === undefined
  );
}

function bodyFault(fault: Fault | undefined) {
  return fault?.kind === 'cut' ||
    fault?.kind === 'hang' ||
    fault?.kind === 'garbage'
    ? fault
    : undefined;
}

const REASONS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

function failureOf(fault: Extract<Fault, { kind: 'fail' }>): Reply {
  const error: ApiError = createApiError(
    fault.status,
    fault.reason ?? REASONS[fault.status] ?? 'InternalError',
    fault.message ?? 'a fault was asked for',
    fault.retryAfterSeconds === undefined
      ? undefined
      : { retryAfterSeconds: fault.retryAfterSeconds },
  );
  return failure(error.status);
}

import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { Fault, FaultHook } from '../faults/faultHook';
import { decodeObject } from '../protobuf/decodeObject';
import { readMessages } from '../protobuf/messages';
import { ServerIdentity } from '../tls/authority';
import { checkHost, checkToken } from './admission';
import { ApiCall, isTrue, readCall } from './apiCall';
import { mediaType, readBody } from './body';
import { asApiError, dispatch } from './dispatch';
import { bodyFault, faultCall, faultReply, preventsCall } from './faultEffects';
import { OpenConnections } from './openConnections';
import { OpenStreams } from './openStreams';
import { failure, Reply } from './reply';
import { ResponseWriter } from './responseWriter';
import { sendReply } from './sendReply';
import { ServerContext } from './serverContext';

export interface ApiServerOptions {
  context: Omit<ServerContext, 'address'>;
  identity: ServerIdentity;
  token: string;
  faults?: FaultHook;
  log: (message: string) => void;
}

/** What Go clients send builtin kinds as. */
const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/**
 * The cluster over HTTPS on the loopback interface.
 *
 * Implemented beside a real API server: HTTP/1.1, JSON, protobuf in requests,
 * bearer token, Host check. Not implemented: HTTP/2, protobuf in answers,
 * compression, client certificates, impersonation, priority and fairness,
 * exec, attach, port-forward and proxy.
 */
export class ApiServer {
  /** The port listened on; 0 before that. */
  port = 0;
  private server: Server;
  private connections: OpenConnections;
  private readonly context: ServerContext;
  private readonly streams: OpenStreams;
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
    this.streams = new OpenStreams(this.context);
    this.server = this.createServer();
    this.connections = new OpenConnections(this.server);
  }

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
    await this.connections.close();
    // A closed server cannot listen again; the next one may have to.
    this.server = this.createServer();
    this.connections = new OpenConnections(this.server);
  }

  setFaults(faults: FaultHook | undefined): void {
    this.faults = faults;
  }

  setToken(token: string): void {
    this.token = token;
  }

  /** Ends every open watch with an ERROR of 410. */
  expireWatches(): void {
    this.streams.expire();
  }

  /** Breaks every open watch off. */
  cutWatches(): void {
    this.streams.cut();
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
    const fault = this.nextFault(call);
    if (fault?.kind === 'delay') await this.wait(fault.milliseconds);
    const writer = new ResponseWriter(response, bodyFault(fault));
    const refused =
      checkHost(request) ?? checkToken(request, call.path, this.token);
    if (refused) {
      request.resume();
      sendReply(writer, call, failure(refused.status));
    } else if (fault && preventsCall(fault)) {
      request.resume();
      if (fault.kind === 'fail') sendReply(writer, call, faultReply(fault));
      else if (fault.kind === 'cut') response.destroy();
    } else if (isStream(call)) {
      request.resume();
      this.streams.open(call, writer, response);
    } else {
      const reply = await this.answer(request, call);
      const failed = fault?.kind === 'fail' ? faultReply(fault) : reply;
      sendReply(writer, call, failed);
    }
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
      const object = body.length > 0 ? decodeObject(this.messages, body) : {};
      const headers = { ...call.headers, 'content-type': 'application/json' };
      return dispatch(
        this.context,
        { ...call, headers },
        JSON.stringify(object),
      );
    } catch (error) {
      return failure(asApiError(error).status);
    }
  }

  private nextFault(call: ApiCall): Fault | undefined {
    this.calls++;
    return this.faults?.(faultCall(call, this.calls));
  }

  private wait(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      this.context.store.context.clock.after(milliseconds, resolve);
    });
  }
}

function isStream(call: ApiCall): boolean {
  return (
    call.verb === 'watch' ||
    (call.resource?.subresource === 'log' && isTrue(call.query.get('follow')))
  );
}

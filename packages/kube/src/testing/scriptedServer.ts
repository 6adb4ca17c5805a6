import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';

/** A request that the test answers as it likes, when it likes. */
export class Call {
  constructor(
    readonly method: string,
    readonly url: URL,
    readonly headers: IncomingMessage['headers'],
    readonly body: string,
    readonly response: ServerResponse,
    readonly socket: Socket,
  ) {}

  get line() {
    return `${this.method} ${this.url.pathname}`;
  }

  get query() {
    return Object.fromEntries(this.url.searchParams);
  }

  json(object: unknown, status = 200, headers: Record<string, string> = {}) {
    this.response.writeHead(status, {
      'content-type': 'application/json',
      ...headers,
    });
    this.response.end(JSON.stringify(object));
  }

  /** Answers with a Kubernetes `Status`. */
  refuse(
    code: number,
    reason: string,
    extra: { details?: object; headers?: Record<string, string> } = {},
  ) {
    this.json(
      {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        code,
        reason,
        message: `refused: ${reason}`,
        details: extra.details,
      },
      code,
      extra.headers,
    );
  }

  list(
    resourceVersion: string,
    items: object[],
    metadata: { continue?: string } = {},
  ) {
    this.json({ metadata: { resourceVersion, ...metadata }, items });
  }

  /** Accepts a watch; events follow by `send`. */
  accept() {
    this.response.writeHead(200, { 'content-type': 'application/json' });
    this.response.flushHeaders();
    return this;
  }

  send(...events: { type: string; object: object }[]) {
    for (const event of events) this.raw(`${JSON.stringify(event)}\n`);
    return this;
  }

  raw(text: string) {
    this.response.write(text);
    return this;
  }

  end() {
    this.response.end();
  }

  /** Breaks the connection without a farewell. */
  cut() {
    this.socket.destroy();
  }
}

/** An HTTP server of which the test answers each request by hand. */
export class ScriptedServer {
  readonly lines: string[] = [];
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();
  readonly #calls: Call[] = [];
  readonly #waiting: ((call: Call) => void)[] = [];

  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await server.#listen(0);
    return server;
  }

  private constructor() {
    this.#server = http.createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const call = new Call(
        request.method ?? '',
        new URL(request.url ?? '', 'http://server'),
        request.headers,
        Buffer.concat(chunks).toString(),
        response,
        request.socket,
      );
      this.lines.push(call.line);
      const waiting = this.#waiting.shift();
      if (waiting) waiting(call);
      else this.#calls.push(call);
    });
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  get port() {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The next request that nobody has taken yet. */
  next(): Promise<Call> {
    const call = this.#calls.shift();
    if (call) return Promise.resolve(call);
    return new Promise(resolve => this.#waiting.push(resolve));
  }

  /** From now on every request gets the same answer. */
  async answerAll(answer: (call: Call) => void): Promise<never> {
    for (;;) answer(await this.next());
  }

  kubeConfig(user: { token?: string } & Record<string, unknown> = {}) {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      {
        name: 'scripted',
        server: `http://127.0.0.1:${this.port}`,
        skipTLSVerify: true,
      },
      { name: 'tester', ...user },
    );
    return kubeConfig;
  }

  async stop() {
    for (const socket of this.#sockets) socket.destroy();
    // Closing one that is closed already reports an error of no interest.
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** As a restart looks from outside: nothing listens for a while. */
  async restart(meanwhile: () => Promise<void>) {
    const { port } = this;
    await this.stop();
    await meanwhile();
    await this.#listen(port);
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => resolve());
    });
  }
}

import http from 'node:http';
import https from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import type { Clock } from '../clock/clock';
import { KubeConfigError } from './errors';

/** How to reach and convince one API server, good for a while. */
export interface Connection {
  server: URL;
  headers: Record<string, string>;
  agent: http.Agent;
  /** The agent's TLS options; an agent is kept while they stay the same. */
  tls: string;
}

const TLS_OPTIONS = [
  'ca',
  'cert',
  'key',
  'pfx',
  'passphrase',
  'rejectUnauthorized',
  'servername',
] as const;

/**
 * Resolves credentials through client-node's `KubeConfig` (exec plugins, token
 * files, certificates, proxies) and keeps them for `lifetime`. A 401 renews
 * them once for all who hold the same ones, and then not again for a second,
 * two, four … while they stay refused: no storm comes of it (fault 8).
 */
export class ConnectionSource {
  readonly #reload: () => KubeConfig;
  readonly #clock: Clock;
  readonly #lifetime = 60_000;
  readonly #firstPause = 1000;
  readonly #longestPause = 30_000;
  #kubeConfig: KubeConfig;
  #current?: { connection: Promise<Connection>; since: number };
  #renewed?: { at: number; pause: number };

  constructor(options: {
    kubeConfig: KubeConfig;
    /** Reads the configuration afresh; by default a copy without cached tokens. */
    reload?: () => KubeConfig;
    clock: Clock;
  }) {
    this.#kubeConfig = options.kubeConfig;
    this.#reload = options.reload ?? (() => copyOf(this.#kubeConfig));
    this.#clock = options.clock;
  }

  get(): Promise<Connection> {
    const now = this.#clock.monotonic();
    if (!this.#current || now - this.#current.since > this.#lifetime) {
      this.#resolve(now);
    }
    return this.#current!.connection;
  }

  /**
   * After a 401 with these credentials: the ones to try next, or `undefined`
   * when they were renewed just now and are refused all the same.
   */
  async renew(refused: Connection): Promise<Connection | undefined> {
    const now = this.#clock.monotonic();
    const current = this.#current && (await this.#current.connection);
    if (current && current !== refused) return current;
    const since = this.#renewed ? now - this.#renewed.at : Infinity;
    const { pause } = this.#renewed ?? { pause: 0 };
    if (since < pause) return undefined;
    // Refused again soon after the pause: the renewal did not help.
    this.#renewed = {
      at: now,
      pause:
        since < 2 * this.#longestPause
          ? Math.min(2 * pause, this.#longestPause)
          : this.#firstPause,
    };
    this.#kubeConfig = this.#reload();
    this.#resolve(now);
    return this.#current!.connection;
  }

  close() {
    void this.#current?.connection.then(
      connection => connection.agent.destroy(),
      () => undefined,
    );
    this.#current = undefined;
  }

  #resolve(now: number) {
    const previous = this.#current?.connection;
    const entry = { connection: this.#connect(previous), since: now };
    this.#current = entry;
    // A failure is for whoever asked; the next one to ask tries again.
    entry.connection.catch(() => {
      if (this.#current === entry) this.#current = undefined;
    });
  }

  async #connect(previous?: Promise<Connection>): Promise<Connection> {
    const cluster = this.#kubeConfig.getCurrentCluster();
    if (!cluster) {
      throw new KubeConfigError(
        'nowhere',
        `The kubeconfig's context "${this.#kubeConfig.getCurrentContext()}" names no known cluster. Choose another context.`,
      );
    }
    const server = new URL(cluster.server);
    const options: https.RequestOptions = { headers: {} };
    // client-node refuses plain HTTP without this flag; the rule here is below.
    const kubeConfig =
      server.protocol === 'http:' && !cluster.skipTLSVerify
        ? withoutTls(this.#kubeConfig)
        : this.#kubeConfig;
    await kubeConfig.applyToHTTPSOptions(options);
    const headers = headersOf(options);
    if (server.protocol === 'http:' && !isLoopback(server.hostname)) {
      // As kubectl does: no secrets over a network in the clear.
      delete headers.Authorization;
    }
    if (cluster.proxyUrl) {
      return { server, headers, agent: options.agent as http.Agent, tls: '' };
    }
    const wanted = agentOptions(options);
    const tls = TLS_OPTIONS.map(name => String(wanted[name])).join('\n');
    const before = await previous?.catch(() => undefined);
    if (before?.tls === tls) {
      return { server, headers, agent: before.agent, tls };
    }
    if (before) retire(before.agent);
    const agent =
      server.protocol === 'http:'
        ? new http.Agent(wanted)
        : new https.Agent(wanted);
    return { server, headers, agent, tls };
  }
}

function agentOptions(options: https.RequestOptions): https.AgentOptions {
  const wanted: https.AgentOptions = {
    keepAlive: true,
    keepAliveMsecs: 30_000,
  };
  for (const name of TLS_OPTIONS) {
    if (options[name] !== undefined) {
      Object.assign(wanted, { [name]: options[name] });
    }
  }
  return wanted;
}

/** Closes idle sockets; requests and watches in flight end by themselves. */
function retire(agent: http.Agent) {
  for (const sockets of Object.values(agent.freeSockets)) {
    sockets?.forEach(socket => socket.destroy());
  }
  Object.assign(agent, { keepAlive: false });
}

function headersOf(options: https.RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value !== undefined) headers[name] = String(value).trim();
  }
  if (options.auth) {
    headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  }
  return headers;
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function copyOf(kubeConfig: KubeConfig): KubeConfig {
  const copy = new KubeConfig();
  copy.loadFromOptions({
    clusters: kubeConfig.getClusters(),
    contexts: kubeConfig.getContexts(),
    users: kubeConfig.getUsers(),
    currentContext: kubeConfig.getCurrentContext(),
  });
  return copy;
}

function withoutTls(kubeConfig: KubeConfig): KubeConfig {
  const current = kubeConfig.getCurrentCluster()?.name;
  const copy = copyOf(kubeConfig);
  copy.clusters = copy.clusters.map(cluster =>
    cluster.name === current ? { ...cluster, skipTLSVerify: true } : cluster,
  );
  return copy;
}

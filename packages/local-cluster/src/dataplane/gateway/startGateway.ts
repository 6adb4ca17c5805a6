import { IncomingMessage, ServerResponse } from 'node:http';
import { createDestinationResolver } from '../routing/resolveDestination';
import { evenChances } from '../routing/evenChances';
import { bareHost, isLoopback } from '../routing/findTarget';
import { RouteTable } from '../routing/routeTable';
import { serveLoopback } from '../serveLoopback';
import { ClusterView } from '../view/clusterView';
import { Proxy, reply } from './proxy';
import { routeRequest } from './routeRequest';

export interface GatewayOptions {
  view: ClusterView;
  table: RouteTable;
  proxy: Proxy;
  random: () => number;
  /** 0 takes a free one. */
  port: number;
  /** Answers what is the gateway's own (pages, counts); false if it is not. */
  own(request: IncomingMessage, response: ServerResponse): boolean;
}

export interface Gateway {
  port: number;
  stop(): Promise<void>;
}

const EXPLAINED = {
  unknown:
    'no route and no service has that host; ask for /<namespace>/<name>/ or set the Host header',
  'no route':
    'no rule of the route matches the request, or none of its destinations has any weight',
};

/**
 * The cluster's one entrance: a real HTTP proxy on loopback, that sends each
 * request where the routing objects say at that moment.
 *
 * Implemented: the routes of `routing/translate` (hosts, matches by header,
 * path, method and query, weights, mirrors, subsets), services. Not
 * implemented: TLS, gRPC over HTTP/2, WebSocket, retries, timeouts, Gateways.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { view, table, proxy } = options;
  const resolver = createDestinationResolver(view);
  const sequences = new Map<string, () => number>();
  const chances = (purpose: string) => {
    const next = sequences.get(purpose) ?? evenChances(options.random);
    sequences.set(purpose, next);
    return next();
  };

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const local = isLoopback(bareHost(request.headers.host));
    if (local && options.own(request, response)) return;
    const to = routeRequest(
      { view, routes: table.routes() },
      resolver,
      chances,
      {
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        headers: request.headers as Record<string, string | undefined>,
      },
    );
    if (typeof to === 'string') {
      request.resume();
      reply(response, 404, { error: EXPLAINED[to] });
      return;
    }
    proxy.forward(request, response, to);
  };
  return serveLoopback(answer, { port: options.port, keepAliveMs: 60_000 });
}

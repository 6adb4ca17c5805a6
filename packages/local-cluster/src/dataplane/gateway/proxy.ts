import {
  Agent,
  IncomingMessage,
  request as send,
  ServerResponse,
} from 'node:http';
import { StoredObject } from '../../api/clusterApi';
import { Clock } from '../../api/clock';
import { behaviourOf, revisionOf } from '../pods/demoImage';
import { RecentRequests } from '../metrics/recentRequests';
import { RequestMetrics } from '../metrics/requestMetrics';
import { RoutedMirror, RoutedTo } from './routeRequest';

export interface ProxyOptions {
  clock: Clock;
  /** Of the server that is every pod. */
  podPort: number;
  metrics: RequestMetrics;
  recent: RecentRequests;
}

export interface Proxy {
  /** Sends the request where it was routed and the answer back, and counts it. */
  forward(
    request: IncomingMessage,
    response: ServerResponse,
    to: RoutedTo,
  ): void;
  stop(): void;
}

/** Headers that belong to one connection (RFC 9110, 7.6.1). */
const PER_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** Bytes of a body that are kept to be mirrored. */
const MIRRORED_BODY = 64 * 1024;

export function createProxy(options: ProxyOptions): Proxy {
  const { clock, metrics, recent, podPort } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });

  const open = (
    pod: StoredObject,
    method: string,
    path: string,
    headers: object,
  ) =>
    send({
      agent,
      host: '127.0.0.1',
      port: podPort,
      method,
      path: `/${pod.metadata.namespace}/${pod.metadata.name}${path}`,
      headers: { ...headers },
    });

  function count(to: RoutedMirror, status: number, startedAt: number): number {
    const durationMs = clock.now() - startedAt;
    metrics.count({
      namespace: to.destination.namespace,
      service: to.destination.service,
      revision: to.pod ? revisionOf(to.pod) : '',
      status,
      durationMs,
    });
    return durationMs;
  }

  function mirror(
    to: RoutedMirror,
    original: IncomingMessage,
    path: string,
    body: Buffer[],
  ) {
    const startedAt = clock.now();
    if (!to.pod) {
      count(to, 503, startedAt);
      return;
    }
    // Istio marks copies by the host, and nobody waits for the answer.
    const headers = endToEnd(original.headers);
    headers.host = `${String(headers.host ?? '').split(':')[0]}-shadow`;
    const copy = open(to.pod, original.method ?? 'GET', path, headers);
    copy.on('response', answer => {
      answer.resume();
      answer.on('end', () => count(to, answer.statusCode ?? 502, startedAt));
    });
    copy.on('error', () => count(to, 503, startedAt));
    for (const chunk of body) copy.write(chunk);
    copy.end();
  }

  return {
    forward(request, response, to) {
      const startedAt = clock.now();
      const { pod } = to;
      let counted = false;
      const end = (status: number) => {
        if (counted) return;
        counted = true;
        const durationMs = count(to, status, startedAt);
        recent.add({
          at: clock.now(),
          namespace: to.namespace,
          name: to.name,
          service: to.destination.service,
          pod: pod?.metadata.name ?? '',
          color: pod ? behaviourOf(pod.spec.containers?.[0]?.image).color : '',
          status,
          durationMs,
        });
      };
      const refuse = (message: string) => {
        end(503);
        if (response.headersSent) response.destroy();
        else reply(response, 503, { error: message });
      };
      const body = keepBody(request, to.mirrors.length > 0);
      request.on('end', () => {
        for (const copy of to.mirrors) mirror(copy, request, to.path, body);
      });
      if (!pod) {
        request.resume();
        refuse(
          `no pod of service ${to.destination.namespace}/${to.destination.service} is ready`,
        );
        return;
      }
      const upstream = open(
        pod,
        request.method ?? 'GET',
        to.path,
        endToEnd(request.headers),
      );
      upstream.on('response', answer => {
        response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
        answer.pipe(response);
        answer.on('end', () => end(answer.statusCode ?? 502));
        answer.on('error', () => refuse('the pod broke off its answer'));
      });
      upstream.on('error', () => refuse(`pod ${pod.metadata.name} is gone`));
      response.on('close', () => {
        // 499 is what proxies count for a caller that did not wait.
        if (!counted && !response.writableFinished) {
          end(499);
          upstream.destroy();
        }
      });
      request.pipe(upstream);
    },
    stop: () => agent.destroy(),
  };
}

function keepBody(request: IncomingMessage, wanted: boolean): Buffer[] {
  const chunks: Buffer[] = [];
  if (!wanted) return chunks;
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MIRRORED_BODY) chunks.push(chunk);
  });
  return chunks;
}

function endToEnd(
  headers: IncomingMessage['headers'],
): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !PER_CONNECTION.has(name)) kept[name] = value;
  }
  return kept;
}

/** Answers with JSON. */
export function reply(
  response: ServerResponse,
  status: number,
  value: unknown,
): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

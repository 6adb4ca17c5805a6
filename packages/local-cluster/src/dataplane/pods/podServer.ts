import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Clock } from '../../api/clock';
import { StoredObject } from '../../api/clusterApi';
import { ClusterView } from '../view/clusterView';
import { behaviourOf, revisionOf } from './demoImage';

export interface PodServer {
  /** Of `http://127.0.0.1:<port>/<namespace>/<pod>/…`. */
  port: number;
  stop(): Promise<void>;
}

export interface PodServerOptions {
  view: ClusterView;
  clock: Clock;
  random: () => number;
  /** Is told of each request that a pod answered. */
  onServed?: (pod: StoredObject, status: number) => void;
}

/**
 * One real HTTP server on loopback that is every running pod: the first two
 * parts of the path say which. A pod that is being stopped goes on answering
 * until it is gone, and what it has begun it ends.
 */
export async function startPodServer(
  options: PodServerOptions,
): Promise<PodServer> {
  const server = createServer((request, response) =>
    answer(options, request, response),
  );
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  { view, clock, random, onServed }: PodServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  request.resume();
  const [, namespace, name] = (request.url ?? '').split('/', 3);
  const pod = view.pods.get(`${namespace}/${name}`);
  if (pod?.status?.phase !== 'Running') {
    // Nobody listens there. What a connection refused is elsewhere.
    request.socket.destroy();
    return;
  }
  const { image } = pod.spec.containers?.[0] ?? {};
  const { color, status, latencyMs } = behaviourOf(image);
  const body = JSON.stringify({ color, pod: name, revision: revisionOf(pod) });
  const latency = latencyMs.min + random() * (latencyMs.max - latencyMs.min);
  clock.after(latency, () => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
    onServed?.(pod, status);
  });
}

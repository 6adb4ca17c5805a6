import { IncomingMessage, ServerResponse } from 'node:http';
import { Clock } from '../../api/clock';
import { StoredObject } from '../../api/clusterApi';
import { serveLoopback } from '../serveLoopback';
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
  return serveLoopback(
    (request, response) => answer(options, request, response),
    { keepAliveMs: 60_000 },
  );
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

import { Clock } from '../api/clock';
import { StoredObject } from '../api/clusterApi';
import { Log } from '../controllers/queue/log';
import { createProxy } from './gateway/proxy';
import { startGateway } from './gateway/startGateway';
import { createOwnPages } from './grid/ownPages';
import { startLoad } from './load/startLoad';
import { RecentRequests } from './metrics/recentRequests';
import { RequestMetrics } from './metrics/requestMetrics';
import { SampleStore } from './metrics/sampleStore';
import { startSampling } from './metrics/startSampling';
import { ObjectSource } from './objectSource';
import { startPodServer } from './pods/podServer';
import { startPrometheus } from './prometheus/startPrometheus';
import { createRouteTable } from './routing/routeTable';
import { followCluster } from './view/clusterView';

export interface DataPlaneOptions {
  source: ObjectSource;
  clock: Clock;
  log: Log;
  /** Default: any free port. */
  gatewayPort?: number;
  /**
   * Requests a second to each route. `false` sends none at all, not
   * even where an annotation asks. Default: 20.
   */
  load?: number | false;
  /** 0 ≤ random() < 1. Default: Math.random. */
  random?: () => number;
  /** Is told of each request that a pod answered. */
  onServed?: (pod: StoredObject, status: number) => void;
}

export interface DataPlane {
  gatewayUrl: string;
  prometheusUrl: string;
  stop(): Promise<void>;
}

const RETENTION_MS = 30 * 60_000;
const RETRY_MS = 5000;

/** Starts pods that answer, the gateway before them, load on it and the counts of it. */
export async function startDataPlane(
  options: DataPlaneOptions,
): Promise<DataPlane> {
  const { source, clock } = options;
  const random = options.random ?? Math.random;
  const view = followCluster(source);
  const metrics = new RequestMetrics();
  const table = createRouteTable(view);
  const recent = new RecentRequests();
  const store = new SampleStore(RETENTION_MS);

  const pods = await startPodServer({
    view,
    clock,
    random,
    onServed: options.onServed,
  });
  const proxy = createProxy({ clock, podPort: pods.port, metrics, recent });
  const own = createOwnPages({ view, table, recent, clock });
  const gateway = await startGateway({
    view,
    table,
    proxy,
    random,
    port: options.gatewayPort ?? 0,
    own,
  });
  const prometheus = await startPrometheus({ clock, store, metrics });
  const stopSampling = startSampling({ clock, metrics, store });
  const stopLoad =
    options.load === false
      ? () => {}
      : startLoad({
          view,
          table,
          clock,
          gatewayPort: gateway.port,
          perSecond: options.load ?? 20,
        });

  // Routers' kinds may come later, with their CRDs.
  let cancelRetry: () => void;
  function retry(): void {
    view.retry();
    cancelRetry = clock.after(RETRY_MS, retry);
  }
  cancelRetry = clock.after(RETRY_MS, retry);

  return {
    gatewayUrl: `http://127.0.0.1:${gateway.port}`,
    prometheusUrl: `http://127.0.0.1:${prometheus.port}`,
    async stop() {
      cancelRetry();
      stopLoad();
      stopSampling();
      await Promise.all([gateway.stop(), prometheus.stop()]);
      proxy.stop();
      await pods.stop();
      view.stop();
    },
  };
}

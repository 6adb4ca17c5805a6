import { Agent, request as send } from 'node:http';
import { Clock } from '../../api/clock';
import { StoredObject } from '../../api/clusterApi';
import { RouteTable } from '../routing/routeTable';
import { ClusterView } from '../view/clusterView';

export interface LoadOptions {
  view: ClusterView;
  table: RouteTable;
  clock: Clock;
  gatewayPort: number;
  /** Requests a second to each route that does not say otherwise. */
  perSecond: number;
}

/** Requests a second, on a route or a Service. `0` for none. */
export const LOAD_ANNOTATION = 'demo.progressive-delivery.io/load';

const TICK_MS = 50;
/** Requests a second to a target that has not answered yet. */
const KNOCKING = 1;
/** Requests under way per target at most, when answers are slow. */
const UNDER_WAY = 100;

/**
 * Sends a steady stream of real requests through the gateway: to each
 * route at the default rate, to each object with the annotation at
 * that rate. Until a target answers for the first time it is only knocked at,
 * so that a service whose pods are still starting counts no flood of errors.
 * Returns what stops it.
 */
export function startLoad(options: LoadOptions): () => void {
  const { clock, gatewayPort } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const owed = new Map<string, number>();
  const underWay = new Map<string, number>();
  const answered = new Set<string>();
  let last = clock.now();
  let stopped = false;
  let cancel = clock.after(TICK_MS, tick);

  function tick(): void {
    if (stopped) return;
    const now = clock.now();
    // After a pause (a sleeping machine) there is no flood to catch up.
    const seconds = Math.min(now - last, 1000) / 1000;
    last = now;
    for (const [key, rate] of ratesOf(options)) {
      const due =
        (owed.get(key) ?? 0) +
        (answered.has(key) ? rate : Math.min(rate, KNOCKING)) * seconds;
      const whole = Math.floor(due);
      owed.set(key, due - whole);
      for (let n = 0; n < whole; n++) hit(key);
    }
    cancel = clock.after(TICK_MS, tick);
  }

  function hit(key: string): void {
    const current = underWay.get(key) ?? 0;
    if (current >= UNDER_WAY) return;
    underWay.set(key, current + 1);
    const done = () => underWay.set(key, (underWay.get(key) ?? 1) - 1);
    const request = send({
      agent,
      host: '127.0.0.1',
      port: gatewayPort,
      path: `/${key}/`,
      headers: { 'user-agent': 'load' },
    });
    request.on('response', answer => {
      answer.resume();
      if (answer.statusCode !== 503) answered.add(key);
    });
    // The gateway has counted what went wrong. Here it only must not throw.
    request.on('error', () => {});
    request.on('close', done);
    request.end();
  }

  return () => {
    stopped = true;
    cancel();
    agent.destroy();
  };
}

function* ratesOf({
  view,
  table,
  perSecond,
}: LoadOptions): Iterable<[string, number]> {
  const routes = table.routes();
  for (const [key, { object }] of routes) {
    yield [key, annotated(object) ?? perSecond];
  }
  for (const [key, service] of view.services) {
    const rate = annotated(service);
    // The same name as a route would be the same address.
    if (rate !== undefined && !routes.has(key)) yield [key, rate];
  }
}

function annotated(object: StoredObject): number | undefined {
  const rate = Number(object.metadata.annotations?.[LOAD_ANNOTATION] ?? NaN);
  return rate >= 0 ? Math.min(rate, 1000) : undefined;
}

import { IncomingMessage, ServerResponse } from 'node:http';
import { Clock } from '../../api/clock';
import { keyOf } from '../../controllers/objects/key';
import { reply } from '../gateway/proxy';
import { LONGEST_WINDOW, RecentRequests } from '../metrics/recentRequests';
import { Route } from '../routing/route';
import { RouteTable } from '../routing/routeTable';
import { ClusterView } from '../view/clusterView';
import { loadPage, Page } from './pages';

export interface OwnPagesOptions {
  view: ClusterView;
  table: RouteTable;
  recent: RecentRequests;
  clock: Clock;
}

/** Answers what is the gateway's own; false if it is not. */
export type OwnPages = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean;

/** Squares that a page is given at once. */
const MOST_REQUESTS = 400;
const GRID = /^\/grid\/[^/]+\/[^/]+\/?$/;

/**
 * What the gateway answers itself on loopback hosts: the index of routes, the
 * grid, and as JSON the routes, counts and recent requests.
 */
export function createOwnPages({
  view,
  table,
  recent,
  clock,
}: OwnPagesOptions): OwnPages {
  const index = loadPage('index');
  const grid = loadPage('grid');

  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const query = url.searchParams;
    const namespace = query.get('namespace') ?? '';
    const name = query.get('name') ?? '';
    if (url.pathname === '/') return show(response, index);
    if (GRID.test(url.pathname)) return show(response, grid);
    switch (url.pathname) {
      case '/api/routes':
        reply(response, 200, {
          routes: routesOf(view, table.routes(), recent, clock.now()),
        });
        return true;
      case '/api/counts': {
        const window = Number(query.get('window') ?? 60);
        if (window > 0 && window <= LONGEST_WINDOW) {
          const counts = recent.counts(namespace, name, window, clock.now());
          reply(response, 200, counts);
        } else {
          reply(response, 400, {
            error: `window must be more than 0 and at most ${LONGEST_WINDOW} seconds`,
          });
        }
        return true;
      }
      case '/api/requests': {
        const after = Number(query.get('after') ?? 0) || 0;
        reply(response, 200, {
          requests: recent.after(namespace, name, after, MOST_REQUESTS),
        });
        return true;
      }
      default:
        return false;
    }
  };
}

function show(response: ServerResponse, page: Page): boolean {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': page.contentSecurityPolicy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(page.html);
  return true;
}

/** Routes, and services that no route leads to. */
function routesOf(
  view: ClusterView,
  routes: ReadonlyMap<string, Route>,
  recent: RecentRequests,
  now: number,
) {
  const routed = new Set<string>();
  for (const { namespace, http } of routes.values()) {
    for (const { destination } of http.flatMap(({ route = [] }) => route)) {
      routed.add(`${namespace}/${destination?.host}`);
    }
  }
  const services = [...view.services.values()]
    .filter(
      service => !routed.has(keyOf(service)) && !routes.has(keyOf(service)),
    )
    .map(({ metadata }) => ({
      namespace: metadata.namespace ?? '',
      name: metadata.name,
      hosts: [],
    }));
  return [...routes.values(), ...services].map(
    ({ namespace, name, hosts }) => ({
      namespace,
      name,
      hosts,
      counts: recent.counts(namespace, name, 60, now),
    }),
  );
}

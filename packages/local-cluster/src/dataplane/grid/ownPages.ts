import { IncomingMessage, ServerResponse } from 'node:http';
import { Clock } from '../../api/clock';
import { reply } from '../gateway/proxy';
import { LONGEST_WINDOW, RecentRequests } from '../metrics/recentRequests';
import { ClusterView } from '../view/clusterView';

export interface OwnPagesOptions {
  view: ClusterView;
  recent: RecentRequests;
  clock: Clock;
}

/** Squares that a page is given at once. */
const MOST_REQUESTS = 400;

/**
 * What the gateway answers itself on loopback hosts: the index, the grid,
 * counts and recent requests. False for everything else.
 */
export function createOwnPages({
  recent,
  clock,
}: OwnPagesOptions): (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const query = url.searchParams;
    const route = () =>
      [query.get('namespace') ?? '', query.get('name') ?? ''] as const;
    switch (url.pathname) {
      case '/api/counts': {
        const window = Number(query.get('window') ?? 60);
        if (!(window > 0 && window <= LONGEST_WINDOW)) {
          reply(response, 400, {
            error: `window must be between 1 and ${LONGEST_WINDOW} seconds`,
          });
          return true;
        }
        reply(response, 200, recent.counts(...route(), window, clock.now()));
        return true;
      }
      case '/api/requests': {
        const after = Number(query.get('after') ?? 0) || 0;
        reply(response, 200, {
          requests: recent.after(...route(), after, MOST_REQUESTS),
        });
        return true;
      }
      default:
        return false;
    }
  };
}

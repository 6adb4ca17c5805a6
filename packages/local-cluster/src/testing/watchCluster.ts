import { request } from 'node:https';
import { LocalCluster } from '../startLocalCluster';

export interface WatchedEvent {
  type: string;
  object: any;
}

export interface ClusterWatch {
  /** Resolves with the next event not yet taken, or undefined when the stream has ended. */
  next(): Promise<WatchedEvent | undefined>;
  close(): void;
}

/** Opens a watch and hands out its events one by one. */
export function watchCluster(
  cluster: LocalCluster,
  path: string,
): ClusterWatch {
  const events: WatchedEvent[] = [];
  const waiting: ((event: WatchedEvent | undefined) => void)[] = [];
  let ended = false;
  let rest = '';

  const settle = () => {
    while (waiting.length > 0 && (events.length > 0 || ended)) {
      waiting.shift()!(events.shift());
    }
  };
  const end = () => {
    ended = true;
    settle();
  };
  const call = request(
    `${cluster.url}${path}`,
    {
      ca: cluster.caCertificate,
      agent: false,
      headers: { Authorization: `Bearer ${cluster.token}` },
    },
    response => {
      response.setEncoding('utf8');
      response.on('data', chunk => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop()!;
        events.push(...lines.map(line => JSON.parse(line)));
        settle();
      });
      response.on('end', end);
      response.on('error', end);
    },
  );
  call.on('error', end);
  call.end();
  return {
    next: () =>
      new Promise(resolve => {
        waiting.push(resolve);
        settle();
      }),
    close: () => call.destroy(),
  };
}

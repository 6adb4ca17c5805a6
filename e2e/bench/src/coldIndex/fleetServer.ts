/**
 * An API server with a fleet in it, in a process of its own, so that its work
 * is not counted as the portal's. Lists page by page; watches stay silent.
 * Started with the number of rollouts; tells its port by a message.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from '../child';
import { PODS, REPLICA_SETS, pod, replicaSet, rollout } from './fleet';

const rollouts = Number(process.argv[2]);

/** Serialised before the clock runs: an API server has its objects at hand. */
function serialise(count: number, make: (index: number) => object): Buffer[] {
  return Array.from({ length: count }, (_, index) =>
    Buffer.from(JSON.stringify(make(index))),
  );
}

const collections = new Map<string, Buffer[]>([
  ['rollouts', serialise(rollouts, rollout)],
  ['replicasets', serialise(rollouts * REPLICA_SETS, replicaSet)],
  ['pods', serialise(rollouts * PODS, pod)],
]);

function list(
  response: ServerResponse,
  items: Buffer[],
  query: URLSearchParams,
) {
  const from = Number(query.get('continue') ?? 0);
  const until = Math.min(
    from + Number(query.get('limit') ?? 500),
    items.length,
  );
  const metadata = {
    resourceVersion: '5000000',
    ...(until < items.length && { continue: `${until}` }),
  };
  const parts: Buffer[] = [
    Buffer.from(`{"metadata":${JSON.stringify(metadata)},"items":[`),
  ];
  for (let index = from; index < until; index++) {
    if (index > from) parts.push(Buffer.from(','));
    parts.push(items[index]!);
  }
  parts.push(Buffer.from(']}'));
  response.end(Buffer.concat(parts));
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://fleet');
  response.setHeader('content-type', 'application/json');
  if (url.searchParams.has('watch')) {
    response.flushHeaders();
    return;
  }
  const plural = url.pathname.split('/').at(-1) ?? '';
  list(response, collections.get(plural) ?? [], url.searchParams);
});

server.listen(0, '127.0.0.1', () => {
  const bytes = [...collections.values()]
    .flat()
    .reduce((sum, item) => sum + item.length, 0);
  answer({ port: (server.address() as AddressInfo).port, bytes });
});
process.once('disconnect', () => process.exit(0));

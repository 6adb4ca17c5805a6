import { badRequest } from '../../api/apiError';
import { StoredObject } from '../../api/clusterApi';
import { bindPod } from '../../operations/bindPod';
import { evictPod } from '../../operations/evictPod';
import { readObject } from '../../operations/readObject';
import { LogEntry, LogQuery } from '../../api/podLogSource';
import { isTrue } from '../apiCall';
import { parseObject } from '../body';
import { json, Reply, text } from '../reply';
import { ResourceCall } from '../resourceCall';
import { ServerContext } from '../serverContext';
import { writeOptions } from './writeOptions';

const CREATED = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  code: 201,
};

export function handleEviction(
  context: ServerContext,
  call: ResourceCall,
  body: string,
): Reply {
  const eviction = parseObject(body, call.headers['content-type']);
  evictPod(context.store, call.target.namespace!, call.target.name!, {
    ...eviction.deleteOptions,
    dryRun:
      writeOptions(call).dryRun || eviction.deleteOptions?.dryRun?.length > 0,
  });
  return json(201, CREATED);
}

export function handleBinding(
  context: ServerContext,
  call: ResourceCall,
  body: string,
): Reply {
  const binding = parseObject(body, call.headers['content-type']);
  bindPod(
    context.store.context,
    call.target,
    binding.target?.name,
    writeOptions(call),
  );
  return json(201, CREATED);
}

/** The lines there are now; `follow` is answered by `followLog`. */
export function handleLog(context: ServerContext, call: ResourceCall): Reply {
  const { uid, query } = logQuery(context, call);
  const lines = context.logs?.read(uid, query) ?? [];
  return text(200, lines.map(line => lineText(call, line)).join(''));
}

/**
 * Writes the lines there are, then each new one.
 * @param end - called when the container has ended, or the pod is gone
 * @throws ApiError 404 when there is no such pod
 */
export function followLog(
  context: ServerContext,
  call: ResourceCall,
  write: (text: string) => void,
  end: () => void,
): () => void {
  const { uid, query } = logQuery(context, call);
  const source = context.logs;
  for (const line of source?.read(uid, query) ?? []) {
    write(lineText(call, line));
  }
  const stopLines = source?.follow(uid, (container, line) => {
    if (!query.container || container === query.container) {
      write(lineText(call, line));
    }
  });
  const stopWatch = context.store.watch(
    call.target.kind,
    ({ type, object }) => {
      if (object.metadata.uid !== uid) return;
      if (type === 'DELETED' || hasEnded(object, query.container)) end();
    },
  );
  const pod = readObject(context.store.context, call.target);
  if (hasEnded(pod, query.container)) end();
  return () => {
    stopLines?.();
    stopWatch();
  };
}

/** Whether the container will not say anything any more. */
function hasEnded(pod: StoredObject, container: string | undefined): boolean {
  const {
    phase,
    containerStatuses = [],
    initContainerStatuses = [],
  } = pod.status ?? {};
  if (phase === 'Succeeded' || phase === 'Failed') return true;
  return [...containerStatuses, ...initContainerStatuses].some(
    (status: { name: string; state?: { terminated?: object } }) =>
      status.name === container && status.state?.terminated !== undefined,
  );
}

function logQuery(
  context: ServerContext,
  call: ResourceCall,
): { uid: string; query: LogQuery } {
  const pod = readObject(context.store.context, call.target);
  const { query } = call;
  const names: string[] = [
    ...(pod.spec?.initContainers ?? []),
    ...(pod.spec?.containers ?? []),
  ].map((container: { name: string }) => container.name);
  const container = query.get('container') ?? pod.spec?.containers?.[0]?.name;
  if (container && !names.includes(container)) {
    throw badRequest(
      `container ${container} is not valid for pod ${pod.metadata.name}`,
    );
  }
  const now = context.store.context.clock.now();
  const sinceSeconds = query.get('sinceSeconds');
  const sinceTime = query.get('sinceTime');
  return {
    uid: pod.metadata.uid,
    query: {
      container,
      ...(query.has('tailLines') && {
        tailLines: Number(query.get('tailLines')),
      }),
      ...(sinceTime && { since: Date.parse(sinceTime) }),
      ...(sinceSeconds && { since: now - Number(sinceSeconds) * 1000 }),
    },
  };
}

function lineText(call: ResourceCall, line: LogEntry): string {
  return isTrue(call.query.get('timestamps'))
    ? `${new Date(line.at).toISOString()} ${line.text}\n`
    : `${line.text}\n`;
}

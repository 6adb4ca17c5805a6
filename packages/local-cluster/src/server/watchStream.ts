import { apiVersionOf } from '../kinds/kindDefinition';
import { matchForbidden } from '../lists/listPage';
import { FeedEvent, startWatchFeed } from '../watch/watchFeed';
import { isTrue } from './apiCall';
import { objectText, presentationOf } from './handlers/shapes';
import { ResourceCall } from './resourceCall';
import { ServerContext } from './serverContext';

/** Without `timeoutSeconds` a watch ends after this long, in seconds. */
const DEFAULT_TIMEOUT = 45 * 60;

/**
 * Streams the events of a watch as lines of JSON.
 * @param write - takes one line; may be called before this returns
 * @param end - called once, when the time is up or an ERROR was sent
 * @throws ApiError when the query is malformed; nothing was written then
 */
export function startWatchStream(
  context: ServerContext,
  call: ResourceCall,
  write: (line: string) => void,
  end: () => void,
): () => void {
  const { database, clock } = context.store.context;
  const { query, target } = call;
  const presentation = presentationOf(call);
  const value = (name: string) => query.get(name) || undefined;
  const match = value('resourceVersionMatch');
  if (isTrue(query.get('sendInitialEvents')) && match !== 'NotOlderThan') {
    throw matchForbidden(
      'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  if (match && !query.has('sendInitialEvents')) {
    throw matchForbidden(
      'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    );
  }
  let first = true;
  let stopped = false;

  const stopFeed = startWatchFeed(
    database,
    clock,
    target.kind,
    {
      namespace: target.kind.namespaced ? target.namespace : undefined,
      name: target.name,
      labelSelector: value('labelSelector'),
      fieldSelector: value('fieldSelector'),
      resourceVersion: value('resourceVersion'),
      allowBookmarks: isTrue(query.get('allowWatchBookmarks')),
      ...(query.has('sendInitialEvents') && {
        sendInitialEvents: isTrue(query.get('sendInitialEvents')),
      }),
    },
    event => {
      if (stopped) return;
      write(`${textOf(event)}\n`);
      if (event.type === 'ERROR') end();
    },
  );
  const seconds = Number(query.get('timeoutSeconds')) || DEFAULT_TIMEOUT;
  const cancelTimeout = clock.after(seconds * 1000, end);
  return () => {
    stopped = true;
    stopFeed();
    cancelTimeout();
  };

  function textOf(event: FeedEvent): string {
    if (event.type === 'ERROR') {
      return JSON.stringify({ type: 'ERROR', object: event.status });
    }
    if (event.type === 'BOOKMARK') {
      return JSON.stringify({ type: 'BOOKMARK', object: bookmark(event) });
    }
    const text = objectText(context, target, event.object, presentation, first);
    first = false;
    return `{"type":"${event.type}","object":${text}}`;
  }

  function bookmark(event: Extract<FeedEvent, { type: 'BOOKMARK' }>) {
    const metadata = {
      resourceVersion: String(event.revision),
      creationTimestamp: null,
      ...(event.initialEventsEnd && {
        annotations: { 'k8s.io/initial-events-end': 'true' },
      }),
    };
    switch (presentation.shape) {
      case 'table':
        return {
          kind: 'Table',
          apiVersion: 'meta.k8s.io/v1',
          metadata,
          columnDefinitions: [],
          rows: [],
        };
      case 'metadata':
        return {
          kind: 'PartialObjectMetadata',
          apiVersion: 'meta.k8s.io/v1',
          metadata,
        };
      default:
        return {
          kind: target.kind.kind,
          apiVersion: apiVersionOf(target.kind.group, target.version.name),
          metadata,
        };
    }
  }
}

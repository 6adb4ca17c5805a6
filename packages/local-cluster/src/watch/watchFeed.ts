import { ApiError, expired, Status } from '../api/apiError';
import { Clock } from '../api/clock';
import { StoredObject } from '../api/clusterApi';
import { collectionId, KindDefinition } from '../kinds/kindDefinition';
import { parseRevision, tooLarge } from '../lists/listPage';
import { parseFieldSelector } from '../selectors/fieldSelector';
import { parseLabelSelector } from '../selectors/labelSelector';
import { Change } from '../storage/change';
import { Database } from '../storage/database';

export interface WatchQuery {
  namespace?: string;
  /** Watches one object only. */
  name?: string;
  labelSelector?: string;
  fieldSelector?: string;
  resourceVersion?: string;
  allowBookmarks?: boolean;
  /** Sends what exists first, then a bookmark that says so. */
  sendInitialEvents?: boolean;
}

export type FeedEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: StoredObject }
  | { type: 'BOOKMARK'; revision: number; initialEventsEnd: boolean }
  | { type: 'ERROR'; status: Status };

/** How often a watch that hears nothing is told how far it has come, in milliseconds. */
const BOOKMARK_INTERVAL = 30_000;

/**
 * The events of one watch, in order and without a gap: what exists (when
 * asked), what has happened since the resourceVersion, then what happens.
 * Objects that begin or cease to match the selectors are ADDED and DELETED.
 * An ERROR is the last event. Unlike in Kubernetes, which waits in silence, a
 * resourceVersion from the future is one, so that clients of a cluster that
 * has lost its data begin anew.
 * @throws ApiError 400 when a selector or the resourceVersion is malformed
 */
export function startWatchFeed(
  database: Database,
  clock: Clock,
  kind: KindDefinition,
  query: WatchQuery,
  onEvent: (event: FeedEvent) => void,
): () => void {
  const collection = database.collection(collectionId(kind));
  const matches = matcherOf(kind, query);
  const asked = query.resourceVersion;
  const from = asked && asked !== '0' ? parseRevision(asked) : undefined;
  const initial = query.sendInitialEvents ?? from === undefined;
  if (from !== undefined && from > database.revision) {
    return failing(tooLarge(from, database.revision), onEvent);
  }

  if (initial) {
    for (const object of collection.range()) {
      if (matches(object)) onEvent({ type: 'ADDED', object });
    }
    if (query.sendInitialEvents && query.allowBookmarks) {
      onEvent({
        type: 'BOOKMARK',
        revision: database.revision,
        initialEventsEnd: true,
      });
    }
  } else {
    const missed = collection.since(from!);
    if (!missed) {
      return failing(
        expired(`too old resource version: ${from} (${database.revision})`),
        onEvent,
      );
    }
    for (const change of missed) relay(change);
  }
  const unsubscribe = collection.subscribe(relay);
  let cancelBookmark = query.allowBookmarks ? scheduleBookmark() : () => {};
  return () => {
    unsubscribe();
    cancelBookmark();
  };

  function relay(change: Change): void {
    const event = seenThrough(matches, change);
    if (event) onEvent(event);
  }

  function scheduleBookmark(): () => void {
    return clock.after(BOOKMARK_INTERVAL, () => {
      onEvent({
        type: 'BOOKMARK',
        revision: database.revision,
        initialEventsEnd: false,
      });
      cancelBookmark = scheduleBookmark();
    });
  }
}

type Matcher = (object: StoredObject) => boolean;

function matcherOf(kind: KindDefinition, query: WatchQuery): Matcher {
  const labels = parseLabelSelector(query.labelSelector);
  const fields = parseFieldSelector(query.fieldSelector, kind.selectableFields);
  const { namespace, name } = query;
  return object =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    labels(object.metadata.labels) &&
    fields(object);
}

/** The change as somebody sees it who sees only what matches. */
function seenThrough(matches: Matcher, change: Change): FeedEvent | undefined {
  const { object, previous } = change;
  const before = previous !== undefined && matches(previous);
  const after = change.type !== 'DELETED' && matches(object);
  if (before && after) return { type: 'MODIFIED', object };
  if (after) return { type: 'ADDED', object };
  if (!before) return undefined;
  return {
    type: 'DELETED',
    object: change.type === 'DELETED' ? object : lastSeen(previous, object),
  };
}

/** Who does not see it any more is told how it was, as of the change. */
function lastSeen(previous: StoredObject, object: StoredObject): StoredObject {
  const { resourceVersion } = object.metadata;
  return { ...previous, metadata: { ...previous.metadata, resourceVersion } };
}

function failing(
  error: ApiError,
  onEvent: (event: FeedEvent) => void,
): () => void {
  onEvent({ type: 'ERROR', status: error.status });
  return () => {};
}

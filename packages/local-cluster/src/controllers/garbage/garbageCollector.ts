import { ApiError } from '../../api/apiError';
import { ClusterApi, StoredObject } from '../../api/clusterApi';
import { Controller, ControllerContext } from '../controller';
import { KindSource, ServedKindName } from '../objects/kindSource';
import { isTerminating } from '../objects/pod';
import { GraphNode, OwnerGraph } from './ownerGraph';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/**
 * Deletes what nobody owns any more, by ownerReferences. Keys are uids.
 *
 * Implemented: background deletion (all owners gone), foreground deletion
 * (dependents that block go first), orphaning, for every kind that is served,
 * custom ones too. An owner is identified by its uid: a namesake does not
 * count. An owner of a kind that is not served is taken to be there.
 */
export function garbageCollector(
  { api }: ControllerContext,
  kinds: KindSource,
): Controller {
  const graph = new OwnerGraph();
  const served = new Map<string, () => void>();

  function follow(kind: ServedKindName, enqueue: (uid: string) => void): void {
    const id = `${kind.group}/${kind.resource}`;
    const present = kinds
      .all()
      .some(one => one.group === kind.group && one.resource === kind.resource);
    if (!present) {
      served.get(id)?.();
      served.delete(id);
      return;
    }
    if (served.has(id) || kind.resource === 'events') return;
    const see = (object: StoredObject) => {
      const before = graph.get(object.metadata.uid)?.object.metadata;
      graph.put(kind, object);
      const { uid, ownerReferences, deletionTimestamp } = object.metadata;
      if (ownerReferences?.length || deletionTimestamp) enqueue(uid);
      // A dependent that was let go may be the last that its owner waited for.
      for (const owner of before?.ownerReferences ?? []) enqueue(owner.uid);
    };
    const stop = api.watch(kind, ({ type, object }) => {
      if (type !== 'DELETED') {
        see(object);
        return;
      }
      const { uid, ownerReferences } = object.metadata;
      graph.remove(uid);
      for (const { object: one } of graph.dependentsOf(uid)) {
        enqueue(one.metadata.uid);
      }
      for (const owner of ownerReferences ?? []) enqueue(owner.uid);
    });
    served.set(id, stop);
    api.list(kind).forEach(see);
  }

  return {
    name: 'garbage-collector',
    observe(enqueue) {
      for (const kind of kinds.all()) follow(kind, enqueue);
      return [
        kinds.onChange(kind => follow(kind, enqueue)),
        () => served.forEach(stop => stop()),
      ];
    },
    reconcile(uid) {
      const node = graph.get(uid);
      if (!node) return;
      unlessGone(() => collect(api, kinds, graph, node));
    },
  };
}

function collect(
  api: ClusterApi,
  kinds: KindSource,
  graph: OwnerGraph,
  node: GraphNode,
): void {
  const { object, kind } = node;
  if (isTerminating(object)) {
    const { finalizers = [] } = object.metadata;
    if (finalizers.includes(ORPHAN)) orphan(api, graph, node);
    else if (finalizers.includes(FOREGROUND)) foreground(api, graph, node);
    return;
  }
  const owners = object.metadata.ownerReferences ?? [];
  if (owners.length === 0) return;
  const present = owners.filter(owner => exists(api, kinds, object, owner));
  if (present.length === owners.length) return;
  const { name, namespace, uid } = object.metadata;
  if (present.length > 0) {
    // It stays, and forgets those that are gone.
    api.update(kind, {
      ...object,
      metadata: { ...object.metadata, ownerReferences: present },
    });
    return;
  }
  api.delete(kind, namespace, name, {
    propagationPolicy: 'Background',
    preconditions: { uid },
  });
}

type Owner = NonNullable<StoredObject['metadata']['ownerReferences']>[number];

/** Whether an owner is there. One of a kind that is not served may be: it is left alone. */
function exists(
  api: ClusterApi,
  kinds: KindSource,
  dependent: StoredObject,
  owner: Owner,
): boolean {
  const slash = owner.apiVersion.indexOf('/');
  const group = slash < 0 ? '' : owner.apiVersion.slice(0, slash);
  const kind = kinds
    .all()
    .find(one => one.group === group && one.kind === owner.kind);
  if (!kind) return true;
  const namespace = kind.namespaced ? dependent.metadata.namespace : undefined;
  return api.find(kind, namespace, owner.name)?.metadata.uid === owner.uid;
}

function orphan(api: ClusterApi, graph: OwnerGraph, node: GraphNode): void {
  const { uid } = node.object.metadata;
  for (const { kind, object } of graph.dependentsOf(uid)) {
    const ownerReferences = object.metadata.ownerReferences?.filter(
      owner => owner.uid !== uid,
    );
    api.update(kind, {
      ...object,
      metadata: { ...object.metadata, ownerReferences },
    });
  }
  withoutFinalizer(api, node, ORPHAN);
}

function foreground(api: ClusterApi, graph: OwnerGraph, node: GraphNode): void {
  const { uid } = node.object.metadata;
  const dependents = graph.dependentsOf(uid);
  for (const { kind, object } of dependents) {
    if (isTerminating(object)) continue;
    const { name, namespace } = object.metadata;
    unlessGone(() =>
      api.delete(kind, namespace, name, {
        propagationPolicy: 'Foreground',
        preconditions: { uid: object.metadata.uid },
      }),
    );
  }
  const blocking = dependents.filter(({ object }) =>
    object.metadata.ownerReferences?.some(
      owner => owner.uid === uid && owner.blockOwnerDeletion,
    ),
  );
  if (blocking.length === 0) withoutFinalizer(api, node, FOREGROUND);
}

function withoutFinalizer(
  api: ClusterApi,
  { kind, object }: GraphNode,
  finalizer: string,
): void {
  const { metadata } = object;
  const current = api.find(kind, metadata.namespace, metadata.name);
  if (current?.metadata.uid !== metadata.uid) return;
  api.update(kind, {
    ...current,
    metadata: {
      ...current.metadata,
      finalizers: current.metadata.finalizers?.filter(one => one !== finalizer),
    },
  });
}

/** What has gone meanwhile needs no collecting. */
function unlessGone(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 404)) throw error;
  }
}

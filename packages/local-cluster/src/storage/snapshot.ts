import { StoredObject } from '../api/clusterApi';
import { Database } from './database';
import { ownCopy } from './ownCopy';

/** Everything that a cluster remembers, without its history. */
export interface Snapshot {
  format: 1;
  revision: number;
  /** Objects by collection, `apps/replicasets`. */
  collections: Record<string, readonly StoredObject[]>;
}

export function takeSnapshot(database: Database): Snapshot {
  const collections: Snapshot['collections'] = {};
  for (const [id, collection] of database.entries()) {
    if (collection.size > 0) collections[id] = collection.range();
  }
  return { format: 1, revision: database.revision, collections };
}

/** Puts a snapshot into an empty database. What happened before it is Gone. */
export function restoreSnapshot(database: Database, snapshot: Snapshot): void {
  for (const [id, objects] of Object.entries(snapshot.collections)) {
    const collection = database.collection(id);
    for (const object of objects) {
      const { namespace, name } = object.metadata;
      collection.restore(`${namespace ?? ''}/${name}`, ownCopy(object));
    }
  }
  database.advanceTo(snapshot.revision);
}

/** @throws Error that says what is wrong with it */
export function checkSnapshot(value: unknown): Snapshot {
  const snapshot = value as Partial<Snapshot> | null;
  if (snapshot?.format !== 1) throw new Error('its format is not known');
  if (!Number.isInteger(snapshot.revision)) {
    throw new Error('it has no revision');
  }
  const { collections } = snapshot;
  if (typeof collections !== 'object' || collections === null) {
    throw new Error('it has no collections');
  }
  for (const [id, objects] of Object.entries(collections)) {
    const sound =
      Array.isArray(objects) &&
      objects.every(
        object =>
          typeof object?.metadata?.name === 'string' &&
          typeof object.metadata.resourceVersion === 'string',
      );
    if (!sound) throw new Error(`${id} is not a list of objects`);
  }
  return snapshot as Snapshot;
}

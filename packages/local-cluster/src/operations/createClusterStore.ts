import { randomInt, randomUUID } from 'node:crypto';
import { ApiError } from '../api/apiError';
import { Clock } from '../api/clock';
import { ClusterApi, GroupResource, NewObject } from '../api/clusterApi';
import { customResourceDefinition } from '../customResources/definition';
import { servedByDefault } from '../customResources/servedByDefault';
import { serveDefinitions } from '../customResources/serveDefinitions';
import { customResourceDefinitions } from '../kinds/apiextensions';
import { withModelSchema } from '../kinds/builtinModels';
import { builtinKinds } from '../kinds/builtinKinds';
import { BuiltinSchemas } from '../kinds/builtinSchemas';
import { collectionId } from '../kinds/kindDefinition';
import { KindRegistry } from '../kinds/kindRegistry';
import { CelRules } from '../schema/rules/celRules';
import { parseFieldSelector } from '../selectors/fieldSelector';
import { parseLabelSelector } from '../selectors/labelSelector';
import { CollectionLimits } from '../storage/collection';
import { Database } from '../storage/database';
import { restoreSnapshot, Snapshot } from '../storage/snapshot';
import { commitUpdate } from './commitUpdate';
import { OperationContext, Randomness, Target } from './context';
import { createObject } from './createObject';
import { deleteObject } from './deleteObject';
import { patchObject } from './patchObject';
import { readObject } from './readObject';

export interface ClusterStoreOptions {
  clock: Clock;
  random?: Randomness;
  history?: Partial<CollectionLimits>;
  /** What the cluster remembers from its last life. */
  snapshot?: Snapshot;
}

/** The cluster in this process, and what the HTTP server needs to serve it. */
export interface ClusterStore extends ClusterApi {
  readonly context: OperationContext;
}

/** Without the letters that could form words or be misread. */
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

export const systemRandomness: Randomness = {
  uuid: () => randomUUID(),
  suffix: () =>
    Array.from(
      { length: 5 },
      () => SUFFIX_LETTERS[randomInt(SUFFIX_LETTERS.length)],
    ).join(''),
};

/** A cluster with the namespaces that every cluster has, and nothing else. */
export function createClusterStore(options: ClusterStoreOptions): ClusterStore {
  const { clock } = options;
  const database = new Database({ clock, limits: options.history });
  const kinds = new KindRegistry(builtinKinds.map(withModelSchema));
  const context: OperationContext = {
    database,
    kinds,
    clock,
    random: options.random ?? systemRandomness,
    schemas: new BuiltinSchemas().lookup,
    cel: new CelRules(),
  };
  const at = (
    resource: GroupResource,
    namespace?: string,
    name?: string,
    subresource?: string,
  ): Target => ({ ...kinds.stored(resource), namespace, name, subresource });
  /** The same, in the version that the object is written in. */
  const inVersionOf = (target: Target, { apiVersion }: NewObject): Target => {
    const version = apiVersion?.split('/').pop();
    const served = target.kind.versions.find(({ name }) => name === version);
    return served ? { ...target, version: served } : target;
  };

  const api: ClusterApi = {
    get: (resource, namespace, name) =>
      readObject(context, at(resource, namespace, name)),

    find(resource, namespace, name) {
      try {
        return readObject(context, at(resource, namespace, name));
      } catch (error) {
        if (error instanceof ApiError && error.code === 404) return undefined;
        throw error;
      }
    },

    list(resource, { namespace, labelSelector, fieldSelector } = {}) {
      const { kind } = kinds.stored(resource);
      const labels = parseLabelSelector(labelSelector);
      const fields = parseFieldSelector(fieldSelector, kind.selectableFields);
      const prefix = kind.namespaced && namespace ? `${namespace}/` : '';
      const all = database.collection(collectionId(kind)).range(prefix);
      if (!labelSelector && !fieldSelector) return all;
      return all.filter(
        object => labels(object.metadata.labels) && fields(object),
      );
    },

    create: (resource, object, writeOptions = {}) =>
      createObject(
        context,
        inVersionOf(at(resource, object.metadata.namespace), object),
        object,
        writeOptions,
      ),

    update(resource, object, writeOptions = {}) {
      const { namespace, name } = object.metadata;
      const target = inVersionOf(
        at(resource, namespace, name, writeOptions.subresource),
        object,
      );
      const previous = readObject(context, target);
      return commitUpdate(context, target, previous, object, writeOptions);
    },

    patch: (resource, namespace, name, patch, writeOptions) =>
      patchObject(
        context,
        at(resource, namespace, name, writeOptions.subresource),
        patch,
        writeOptions,
      ),

    delete: (resource, namespace, name, deleteOptions = {}) =>
      deleteObject(context, at(resource, namespace, name), deleteOptions),

    watch(resource, onEvent) {
      const { kind } = kinds.stored(resource);
      let stopped = false;
      const unsubscribe = database
        .collection(collectionId(kind))
        .subscribe(({ type, object }) => {
          queueMicrotask(() => {
            if (!stopped) onEvent({ type, object });
          });
        });
      return () => {
        stopped = true;
        unsubscribe();
      };
    },
  };

  if (options.snapshot) restoreSnapshot(database, options.snapshot);
  serveDefinitions(context);
  for (const name of ['default', 'kube-system', 'kube-public']) {
    ensure(
      api,
      { group: '', resource: 'namespaces' },
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      },
    );
  }
  for (const definition of servedByDefault) {
    ensure(
      api,
      customResourceDefinitions,
      customResourceDefinition(definition),
    );
  }
  return { ...api, context };
}

/** Creates the object, or gives the one that was restored its present spec. */
function ensure(
  api: ClusterApi,
  resource: GroupResource,
  wanted: NewObject,
): void {
  const existing = api.find(resource, undefined, wanted.metadata.name!);
  if (!existing) api.create(resource, wanted);
  else if (wanted.spec)
    api.update(resource, { ...existing, spec: wanted.spec });
}

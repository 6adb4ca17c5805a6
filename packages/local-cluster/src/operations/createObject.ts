import {
  alreadyExists,
  createApiError,
  forbidden,
  notFound,
} from '../api/apiError';
import { NewObject, StoredObject } from '../api/clusterApi';
import { collectionId } from '../kinds/kindDefinition';
import { mutableCopy } from '../storage/mutableCopy';
import { ownCopy } from '../storage/ownCopy';
import { admit } from './admit';
import {
  keyOf,
  OperationContext,
  RequestOptions,
  Target,
  timestamp,
} from './context';
import { checkIdentity, checkMetadata } from './identity';
import { omitEmpty } from './omitEmpty';
import { trackManagers } from './trackManagers';
import { subjectOf } from './subject';

/** Stores a new object and returns it with all that the server decided. */
export function createObject(
  context: OperationContext,
  target: Target,
  body: NewObject,
  options: RequestOptions,
): StoredObject {
  const { kind } = target;
  const draft: NewObject = mutableCopy({
    ...body,
    metadata: { ...body.metadata },
  });
  checkIdentity(target, draft);
  const { metadata } = draft;
  if (!metadata.name && metadata.generateName) {
    metadata.name = `${metadata.generateName.slice(0, 58)}${context.random.suffix()}`;
  }
  checkMetadata(target, draft);
  omitEmpty(metadata);
  const name = metadata.name!;
  checkNamespace(context, target, name);

  if (metadata.resourceVersion) throw createdWithVersion();
  metadata.uid = context.random.uuid();
  metadata.creationTimestamp = timestamp(context.clock.now());
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  if (kind.generation === 'none') delete metadata.generation;
  else metadata.generation = 1;
  if (target.version.status) delete draft.status;
  admit(context, target, draft, undefined, options);
  kind.rules.prepareCreate?.(draft);
  trackManagers(context, target, undefined, draft, options);

  const id = collectionId(kind);
  const key = keyOf(metadata.namespace, name);
  if (context.database.collection(id).get(key)) {
    throw alreadyExists(subjectOf(target, name));
  }
  const object = draft as StoredObject;
  return options.dryRun
    ? ownCopy(object)
    : context.database.put(id, key, object);
}

/** Kubernetes gives it no reason, and 500 for a code. */
function createdWithVersion() {
  return createApiError(
    500,
    '',
    'resourceVersion should not be set on objects to be created',
  );
}

function checkNamespace(
  context: OperationContext,
  target: Target,
  name: string,
): void {
  if (!target.kind.namespaced) return;
  const namespace = context.database
    .collection('/namespaces')
    .get(keyOf(undefined, target.namespace ?? ''));
  if (!namespace) {
    throw notFound({
      group: '',
      resource: 'namespaces',
      name: target.namespace,
    });
  }
  if (namespace.metadata.deletionTimestamp) {
    throw forbidden(
      subjectOf(target, name),
      `unable to create new content in namespace ${target.namespace} because it is being terminated`,
      [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${target.namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    );
  }
}

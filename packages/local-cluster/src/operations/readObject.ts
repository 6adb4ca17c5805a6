import { notFound } from '../api/apiError';
import { StoredObject } from '../api/clusterApi';
import { collectionId } from '../kinds/kindDefinition';
import { keyOf, OperationContext, Target } from './context';
import { subjectOf } from './subject';

/** @throws ApiError 404 when it does not exist */
export function readObject(
  context: OperationContext,
  target: Target,
): StoredObject {
  const object = context.database
    .collection(collectionId(target.kind))
    .get(
      keyOf(
        target.kind.namespaced ? target.namespace : undefined,
        target.name ?? '',
      ),
    );
  if (!object) throw notFound(subjectOf(target));
  return object;
}

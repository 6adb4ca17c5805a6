import { collectionId } from '../kinds/kindDefinition';
import { OperationContext } from '../operations/context';
import { Change } from '../storage/change';
import { kindOfDefinition } from './kindOfDefinition';

export const DEFINITIONS = 'apiextensions.k8s.io/customresourcedefinitions';

/**
 * Serves the kinds that CRDs declare, as long as the CRDs exist. With a CRD
 * go its objects, at once: their finalizers are not waited for.
 */
export function serveDefinitions(context: OperationContext): void {
  const { database, kinds } = context;
  const definitions = database.collection(DEFINITIONS);
  for (const definition of definitions.range()) {
    kinds.register(kindOfDefinition(definition));
  }
  definitions.subscribe((change: Change) => {
    const kind = kindOfDefinition(change.object);
    if (change.type !== 'DELETED') {
      kinds.register(kind);
      return;
    }
    const id = collectionId(kind);
    for (const { metadata } of database.collection(id).range()) {
      database.remove(id, `${metadata.namespace ?? ''}/${metadata.name}`);
    }
    kinds.unregister(kind);
  });
}

import { NewObject, StoredObject } from '../api/clusterApi';
import { apiVersionOf } from '../kinds/kindDefinition';
import { rootSchema } from '../kinds/rootSchema';
import {
  ManagerIdentity,
  readManagers,
  writeManagers,
} from '../patch/apply/managers';
import { trackUpdate } from '../patch/apply/trackUpdate';
import { OperationContext, RequestOptions, Target, timestamp } from './context';

/** Who writes in this process without a name: the controllers. */
const CONTROLLERS = 'kube-controller-manager';

/** Owner of everything in an object that was not tracked before its first apply. */
export const UNTRACKED = 'before-first-apply';

export function identityOf(
  target: Target,
  options: Pick<RequestOptions, 'fieldManager' | 'userAgent'>,
  operation: ManagerIdentity['operation'],
): ManagerIdentity {
  return {
    manager: options.fieldManager ?? options.userAgent ?? CONTROLLERS,
    operation,
    apiVersion: apiVersionOf(target.kind.group, target.version.name),
    subresource: target.subresource,
  };
}

/**
 * Keeps `metadata.managedFields` of a draft up to date with a write that is
 * not an apply.
 *
 * Unlike the real API server, objects are only tracked from the first write
 * that names its field manager (as kubectl's do): controllers name none, and
 * tracking their objects would double the memory for nothing.
 */
export function trackManagers(
  context: OperationContext,
  target: Target,
  previous: StoredObject | undefined,
  draft: NewObject,
  options: RequestOptions,
): void {
  const { metadata } = draft;
  if (options.managersKnown) return;
  const before = previous?.metadata.managedFields;
  // A caller may hand ownership on (kubectl does, from client- to server-side apply).
  const handed =
    Array.isArray(metadata.managedFields) &&
    metadata.managedFields.length > 0 &&
    previous !== undefined
      ? metadata.managedFields
      : undefined;
  const managers = readManagers(handed ?? before);
  if (managers.length === 0 && (previous || !options.fieldManager)) {
    delete metadata.managedFields;
    return;
  }
  const updated = trackUpdate(
    rootSchema(target.version, context.schemas),
    previous ?? {},
    draft,
    managers,
    identityOf(target, options, 'Update'),
    timestamp(context.clock.now()),
    context.schemas,
  );
  metadata.managedFields = writeManagers(updated);
}

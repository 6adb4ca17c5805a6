import { badRequest, invalid } from '../api/apiError';
import { NewObject } from '../api/clusterApi';
import { apiVersionOf } from '../kinds/kindDefinition';
import { Target } from './context';
import { validateMetadata } from './metadataRules';

/**
 * Checks that what was sent is an object of the kind, version, namespace and
 * name that the path says, fills in what may be left out, and puts it in the
 * version that is stored.
 */
export function checkIdentity(target: Target, draft: NewObject): void {
  const { kind, version } = target;
  const apiVersion = apiVersionOf(kind.group, version.name);
  const stored = apiVersionOf(kind.group, kind.storageVersion);
  draft.apiVersion ??= apiVersion;
  draft.kind ??= kind.kind;
  const known = draft.apiVersion === apiVersion || draft.apiVersion === stored;
  if (draft.kind !== kind.kind || !known) {
    throw badRequest(
      `${draft.kind} in version "${draft.apiVersion}" cannot be handled as a ${kind.kind}: expected ${kind.kind} in version "${apiVersion}"`,
    );
  }
  draft.apiVersion = stored;
  const { metadata } = draft;
  if (typeof metadata !== 'object' || metadata === null) {
    throw badRequest('metadata: expected an object');
  }
  if (!kind.namespaced) {
    delete metadata.namespace;
    return;
  }
  metadata.namespace ??= target.namespace;
  if (metadata.namespace !== target.namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
}

/** @throws ApiError 422 when the name, labels or annotations are malformed */
export function checkMetadata(target: Target, draft: NewObject): void {
  const { kind } = target;
  const { metadata } = draft;
  for (const field of ['labels', 'annotations'] as const) {
    for (const [key, value] of Object.entries(metadata[field] ?? {})) {
      if (typeof value === 'string') continue;
      throw badRequest(
        `${kind.kind} in version "${target.version.name}" cannot be handled as a ${kind.kind}: metadata.${field}.${key}: expected a string, got ${typeof value}`,
      );
    }
  }
  const causes = validateMetadata(kind, metadata);
  if (causes.length > 0) {
    throw invalid(
      { group: kind.group, kind: kind.kind, name: metadata.name },
      causes,
    );
  }
}

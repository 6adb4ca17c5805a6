import { NewObject, StoredObject } from '../api/clusterApi';
import { ManagerIdentity } from '../patch/apply/managers';
import { isRecord } from '../schema/isRecord';

/** Where client-side apply keeps what it applied. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Keeps the annotation of client-side apply current for those who go back to
 * it, where there is one and kubectl applies.
 */
export function withLastApplied(
  live: StoredObject | undefined,
  applied: NewObject,
  result: unknown,
  applier: ManagerIdentity,
): unknown {
  const draft = result as NewObject;
  const known = draft.metadata.annotations?.[LAST_APPLIED];
  if (!live || known === undefined || applier.manager !== 'kubectl') {
    return result;
  }
  const { annotations, ...metadata } = applied.metadata;
  const { [LAST_APPLIED]: _, ...others } = annotations ?? {};
  const wanted = {
    ...applied,
    metadata: {
      ...metadata,
      ...(Object.keys(others).length > 0 && { annotations: others }),
    },
  };
  return {
    ...draft,
    metadata: {
      ...draft.metadata,
      annotations: {
        ...draft.metadata.annotations,
        [LAST_APPLIED]: `${sortedJson(wanted)}\n`,
      },
    },
  };
}

/** JSON with its keys in order, as Go writes it. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    isRecord(item)
      ? Object.fromEntries(
          Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : item,
  );
}

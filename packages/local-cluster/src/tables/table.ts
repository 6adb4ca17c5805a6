import { StoredObject } from '../api/clusterApi';
import { ServedKind } from '../kinds/kindRegistry';
import { columnsFor } from './columnsFor';

export interface TableOptions {
  /** What each row carries beside its cells. */
  include: 'None' | 'Metadata' | 'Object';
  /** False for all but the first table of a watch. */
  definitions: boolean;
  /** Milliseconds since the epoch, for ages. */
  now: number;
}

/** Objects as a `Table` of `meta.k8s.io/v1`, which `kubectl get` prints as it is. */
export function tableOf(
  served: ServedKind,
  objects: readonly StoredObject[],
  metadata: Record<string, unknown>,
  options: TableOptions,
): Record<string, unknown> {
  const columns = columnsFor(served);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: options.definitions
      ? columns.map(({ name, type, format = '', description, priority }) => ({
          name,
          type,
          format,
          description,
          priority,
        }))
      : [],
    rows: objects.map(object => ({
      cells: columns.map(column => column.cell(object, options.now)),
      ...rowObject(object, options.include),
    })),
  };
}

function rowObject(
  object: StoredObject,
  include: TableOptions['include'],
): Record<string, unknown> {
  if (include === 'None') return {};
  return {
    object:
      include === 'Object'
        ? object
        : {
            kind: 'PartialObjectMetadata',
            apiVersion: 'meta.k8s.io/v1',
            metadata: object.metadata,
          },
  };
}

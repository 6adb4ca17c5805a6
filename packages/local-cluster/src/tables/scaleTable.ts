import { StoredObject } from '../api/clusterApi';
import { ageOf } from './age';

/** `kubectl get --subresource scale`. */
export function scaleTable(
  scale: StoredObject,
  now: number,
): Record<string, unknown> {
  const { name, creationTimestamp, resourceVersion } = scale.metadata;
  const columns: [name: string, type: string, cell: unknown][] = [
    ['Name', 'string', name],
    ['Desired', 'integer', scale.spec.replicas],
    ['Available', 'integer', scale.status.replicas],
    ['Age', 'string', ageOf(creationTimestamp, now)],
  ];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    columnDefinitions: columns.map(([title, type]) => ({
      name: title,
      type,
      format: title === 'Name' ? 'name' : '',
      description: '',
      priority: 0,
    })),
    rows: [
      {
        cells: columns.map(([, , cell]) => cell),
        object: {
          kind: 'PartialObjectMetadata',
          apiVersion: 'meta.k8s.io/v1',
          metadata: scale.metadata,
        },
      },
    ],
  };
}

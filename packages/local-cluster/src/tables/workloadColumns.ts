import { StoredObject } from '../api/clusterApi';
import { ageOf, durationText } from './age';
import { ageColumn, nameColumn } from './commonColumns';
import { selectorText } from './selectorText';
import { column, TableColumn, wide } from './tableColumn';

const containersOf = (
  object: StoredObject,
): { name: string; image: string }[] =>
  object.spec?.template?.spec?.containers ?? [];

const templateColumns: TableColumn[] = [
  wide('Containers', object =>
    containersOf(object)
      .map(c => c.name)
      .join(','),
  ),
  wide('Images', object =>
    containersOf(object)
      .map(c => c.image)
      .join(','),
  ),
  wide('Selector', object => selectorText(object.spec?.selector)),
];

export const deploymentColumns: TableColumn[] = [
  nameColumn,
  column(
    'Ready',
    ({ spec, status }) =>
      `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
  ),
  column('Up-to-date', ({ status }) => status?.updatedReplicas ?? 0, 'integer'),
  column(
    'Available',
    ({ status }) => status?.availableReplicas ?? 0,
    'integer',
  ),
  ageColumn,
  ...templateColumns,
];

export const replicaSetColumns: TableColumn[] = [
  nameColumn,
  column('Desired', ({ spec }) => spec?.replicas ?? 0, 'integer'),
  column('Current', ({ status }) => status?.replicas ?? 0, 'integer'),
  column('Ready', ({ status }) => status?.readyReplicas ?? 0, 'integer'),
  ageColumn,
  ...templateColumns,
];

export const jobColumns: TableColumn[] = [
  nameColumn,
  column('Status', jobStatus),
  column(
    'Completions',
    ({ spec, status }) => `${status?.succeeded ?? 0}/${spec?.completions ?? 1}`,
  ),
  column('Duration', ({ status }, now) => {
    if (!status?.startTime) return '';
    if (!status.completionTime) return ageOf(status.startTime, now);
    return durationText(
      Date.parse(status.completionTime) - Date.parse(status.startTime),
    );
  }),
  ageColumn,
  ...templateColumns,
];

function jobStatus(job: StoredObject): string {
  if (job.metadata.deletionTimestamp) return 'Terminating';
  const met = (type: string) =>
    job.status?.conditions?.some(
      (condition: Record<string, unknown>) =>
        condition.type === type && condition.status === 'True',
    );
  if (met('Complete')) return 'Complete';
  if (met('Failed')) return 'Failed';
  return met('Suspended') ? 'Suspended' : 'Running';
}

import { StoredObject } from '../api/clusterApi';
import { ageOf } from './age';
import { ageColumn, nameColumn } from './commonColumns';
import { column, TableColumn, wide } from './tableColumn';

type Item = Record<string, any>;

const sizeOf = (value: unknown) =>
  Object.keys((value as object | undefined) ?? {}).length;

export const namespaceColumns: TableColumn[] = [
  nameColumn,
  column('Status', ({ status }) => status?.phase ?? ''),
  ageColumn,
];

export const configMapColumns: TableColumn[] = [
  nameColumn,
  column('Data', object => sizeOf(object.data) + sizeOf(object.binaryData)),
  ageColumn,
];

export const secretColumns: TableColumn[] = [
  nameColumn,
  column('Type', object => object.type ?? ''),
  column('Data', object => sizeOf(object.data)),
  ageColumn,
];

export const eventColumns: TableColumn[] = [
  column('Last Seen', (object, now) =>
    ageOf(
      object.series?.lastObservedTime ??
        object.lastTimestamp ??
        object.eventTime ??
        object.metadata.creationTimestamp,
      now,
    ),
  ),
  column('Type', object => object.type ?? ''),
  column('Reason', object => object.reason ?? ''),
  column('Object', ({ involvedObject }) =>
    `${involvedObject?.kind ?? ''}/${involvedObject?.name ?? ''}`.toLowerCase(),
  ),
  wide('Subobject', object => object.involvedObject?.fieldPath ?? ''),
  wide('Source', object => object.source?.component ?? ''),
  column('Message', object => String(object.message ?? '').trim()),
  wide('First Seen', (object, now) =>
    ageOf(object.firstTimestamp ?? object.eventTime, now),
  ),
  wide('Count', object => object.count ?? 1),
  wide('Name', object => object.metadata.name),
];

export const nodeColumns: TableColumn[] = [
  nameColumn,
  column('Status', node => {
    const ready = node.status?.conditions?.find(
      (condition: Item) => condition.type === 'Ready',
    );
    const words = [
      ready === undefined ? 'Unknown' : '',
      ready?.status === 'True' ? 'Ready' : '',
      ready && ready.status !== 'True' ? 'NotReady' : '',
      node.spec?.unschedulable ? 'SchedulingDisabled' : '',
    ];
    return words.filter(Boolean).join(',');
  }),
  column('Roles', rolesOf),
  ageColumn,
  column('Version', ({ status }) => status?.nodeInfo?.kubeletVersion ?? ''),
  wide('Internal-IP', node => {
    const address = node.status?.addresses?.find(
      (item: Item) => item.type === 'InternalIP',
    );
    return address?.address ?? '<none>';
  }),
];

export const leaseColumns: TableColumn[] = [
  nameColumn,
  column('Holder', ({ spec }) => spec?.holderIdentity ?? ''),
  ageColumn,
];

export const disruptionBudgetColumns: TableColumn[] = [
  nameColumn,
  column('Min Available', ({ spec }) => String(spec?.minAvailable ?? 'N/A')),
  column('Max Unavailable', ({ spec }) =>
    String(spec?.maxUnavailable ?? 'N/A'),
  ),
  column(
    'Allowed Disruptions',
    ({ status }) => status?.disruptionsAllowed ?? 0,
  ),
  ageColumn,
];

export const autoscalerColumns: TableColumn[] = [
  nameColumn,
  column('Reference', ({ spec }) => {
    const target = spec?.scaleTargetRef;
    return target ? `${target.kind}/${target.name}` : '<none>';
  }),
  column('Targets', ({ spec, status }) => targetsOf(spec, status)),
  column('MinPods', ({ spec }) => String(spec?.minReplicas ?? '<unset>')),
  column('MaxPods', ({ spec }) => spec?.maxReplicas ?? 0, 'integer'),
  column('Replicas', ({ status }) => status?.currentReplicas ?? 0, 'integer'),
  ageColumn,
];

export const definitionColumns: TableColumn[] = [
  nameColumn,
  column('Created At', object => object.metadata.creationTimestamp),
];

export const bindingColumns: TableColumn[] = [
  nameColumn,
  column(
    'Role',
    ({ roleRef }) => `${roleRef?.kind ?? ''}/${roleRef?.name ?? ''}`,
  ),
  ageColumn,
  ...(['User', 'Group', 'ServiceAccount'] as const).map(kind =>
    wide(`${kind}s`, ({ subjects = [] }) =>
      subjects
        .filter((subject: Item) => subject.kind === kind)
        .map((subject: Item) =>
          kind === 'ServiceAccount'
            ? `${subject.namespace}/${subject.name}`
            : subject.name,
        )
        .join(', '),
    ),
  ),
];

export const serviceAccountColumns: TableColumn[] = [
  nameColumn,
  column('Secrets', ({ secrets }) => secrets?.length ?? 0, 'integer'),
  ageColumn,
];

/** `cpu: 40%/80%`, or `<unknown>` for what nobody measures. */
function targetsOf(spec: Item, status: Item): string {
  const metrics: Item[] = spec?.metrics ?? [];
  const texts = metrics.map(metric => {
    const name = metric.resource?.name;
    if (!name) return `<unknown>/<${metric.type}>`;
    const { averageUtilization, averageValue } = metric.resource.target ?? {};
    const current = status?.currentMetrics?.find(
      (item: Item) => item.resource?.name === name,
    )?.resource?.current;
    const share = (value: unknown) =>
      value === undefined ? undefined : `${value}%`;
    const wanted = share(averageUtilization) ?? averageValue ?? '<auto>';
    const now =
      share(current?.averageUtilization) ??
      current?.averageValue ??
      '<unknown>';
    return `${name}: ${now}/${wanted}`;
  });
  return texts.join(', ') || '<none>';
}

function rolesOf(node: StoredObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(node.metadata.labels ?? {})
    .filter(label => label.startsWith(prefix))
    .map(label => label.slice(prefix.length));
  return roles.join(',') || '<none>';
}

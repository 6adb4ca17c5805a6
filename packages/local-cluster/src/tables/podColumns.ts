import { StoredObject } from '../api/clusterApi';
import { ageOf } from './age';
import { ageColumn, nameColumn } from './commonColumns';
import { column, TableColumn, wide } from './tableColumn';

type ContainerStatus = Record<string, any>;

export const podColumns: TableColumn[] = [
  nameColumn,
  column('Ready', pod => {
    const statuses: ContainerStatus[] = pod.status?.containerStatuses ?? [];
    const ready = statuses.filter(status => status.ready).length;
    return `${ready}/${pod.spec?.containers?.length ?? 0}`;
  }),
  column('Status', statusOf),
  column('Restarts', restartsOf),
  ageColumn,
  wide('IP', pod => pod.status?.podIP ?? '<none>'),
  wide('Node', pod => pod.spec?.nodeName ?? '<none>'),
  wide('Nominated Node', pod => pod.status?.nominatedNodeName ?? '<none>'),
  wide('Readiness Gates', pod => {
    const gates: { conditionType: string }[] = pod.spec?.readinessGates ?? [];
    if (gates.length === 0) return '<none>';
    const met = gates.filter(gate =>
      pod.status?.conditions?.some(
        (condition: Record<string, unknown>) =>
          condition.type === gate.conditionType && condition.status === 'True',
      ),
    );
    return `${met.length}/${gates.length}`;
  }),
];

/** Why a container waits or ended, before the pod's own phase. */
function statusOf(pod: StoredObject): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating';
  const initial: ContainerStatus[] = pod.status?.initContainerStatuses ?? [];
  for (const [index, { state }] of initial.entries()) {
    if (state?.terminated?.exitCode === 0) continue;
    const reason = state?.waiting?.reason ?? state?.terminated?.reason;
    if (reason && reason !== 'PodInitializing') return `Init:${reason}`;
    return `Init:${index}/${initial.length}`;
  }
  const statuses: ContainerStatus[] = pod.status?.containerStatuses ?? [];
  for (const { state } of statuses) {
    const reason = state?.waiting?.reason ?? state?.terminated?.reason;
    if (reason) return reason;
  }
  return pod.status?.reason ?? pod.status?.phase ?? 'Unknown';
}

function restartsOf(pod: StoredObject, now: number): string {
  const statuses: ContainerStatus[] = pod.status?.containerStatuses ?? [];
  let restarts = 0;
  let last: string | undefined;
  for (const status of statuses) {
    restarts += status.restartCount ?? 0;
    const finished = status.lastState?.terminated?.finishedAt;
    if (finished && (!last || finished > last)) last = finished;
  }
  return restarts > 0 && last
    ? `${restarts} (${ageOf(last, now)} ago)`
    : String(restarts);
}

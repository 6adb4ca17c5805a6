import type {
  ContainerStatus,
  Pod,
  PodView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A pod in the words that `kubectl get pods` uses. */
export function podView({ metadata, status }: Pod): PodView {
  const containers = status?.containerStatuses ?? [];
  const waiting = containers.find(
    ({ state }) => state?.waiting?.reason || state?.terminated?.reason,
  );
  const ready = (status?.conditions ?? []).some(
    ({ type, status: value }) => type === 'Ready' && value === 'True',
  );
  return {
    name: metadata.name,
    ready,
    status: metadata.deletionTimestamp
      ? 'Terminating'
      : (status?.reason ?? reasonOf(waiting) ?? status?.phase ?? 'Unknown'),
    message:
      waiting?.state?.waiting?.message ??
      waiting?.state?.terminated?.message ??
      status?.message,
    restarts: containers.reduce(
      (sum, { restartCount = 0 }) => sum + restartCount,
      0,
    ),
    createdAt: metadata.creationTimestamp,
  };
}

function reasonOf(container: ContainerStatus | undefined): string | undefined {
  return (
    container?.state?.waiting?.reason ?? container?.state?.terminated?.reason
  );
}

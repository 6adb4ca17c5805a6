import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { podView } from './podView';
import { findByHash } from './revisions';
import type { RolloutSources } from './RolloutSources';

/** Reasons for which a container does not run and will not by waiting. */
const REMEDIES: Record<string, string> = {
  ImagePullBackOff:
    'Check the name of the image, and that the cluster may pull it.',
  ErrImagePull:
    'Check the name of the image, and that the cluster may pull it.',
  InvalidImageName: 'Correct the name of the image.',
  CrashLoopBackOff: 'Look at the log of the pod.',
  RunContainerError: 'Check the command of the container.',
  StartError: 'Check the command of the container.',
  CreateContainerConfigError:
    'Check the ConfigMaps and Secrets that the container names.',
};

/** Why pods of the version on its way do not become available. */
export function stuckPods({
  rollout,
  replicaSets,
  podsOf,
}: RolloutSources): RolloutDetail['problems'] {
  const current = findByHash(replicaSets, rollout.status?.currentPodHash);
  const pods = current?.metadata.uid ? podsOf(current.metadata.uid) : [];
  const byReason = new Map<string, ReturnType<typeof podView>[]>();
  for (const pod of pods.map(podView)) {
    if (!pod.ready && Object.hasOwn(REMEDIES, pod.status)) {
      byReason.set(pod.status, [...(byReason.get(pod.status) ?? []), pod]);
    }
  }
  return [...byReason].map(([reason, stuck]) => ({
    message: `${stuck.length === 1 ? '1 pod' : `${stuck.length} pods`} of the new version cannot start: ${reason}${stuck[0]?.message ? ` (${stuck[0].message})` : ''}.`,
    remedy: REMEDIES[reason],
  }));
}

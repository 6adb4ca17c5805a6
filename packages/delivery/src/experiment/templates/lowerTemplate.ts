import {
  POD_TEMPLATE_HASH_LABEL,
  SCALE_DOWN_DEADLINE_ANNOTATION,
  type ExperimentTemplate,
  type ReplicaSet,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import { formatTime, parseTime } from '../../rollout/time';
import type { ExperimentContext } from '../context';
import { objectOfTemplate } from '../ownership';

/** Source: specification, `scaleDownDelaySeconds` of an experiment. */
const DEFAULT_DELAY_SECONDS = 30;

/** What has been planned for a template that is to have no pods any more. */
export interface Lowered {
  replicaSet?: ReplicaSet;
  /** Its Service, as long as it stays. */
  service?: Service;
  changed: boolean;
}

/**
 * Whether the pods may go now. Until then the deadline is kept on the
 * ReplicaSet, so that it outlives this process.
 */
function isDue(context: ExperimentContext, replicaSet: ReplicaSet): boolean {
  const { experiment, draft, now } = context;
  const seconds =
    experiment.spec.scaleDownDelaySeconds ?? DEFAULT_DELAY_SECONDS;
  if (seconds <= 0) return true;
  const noted = parseTime(
    replicaSet.metadata.annotations?.[SCALE_DOWN_DEADLINE_ANNOTATION],
  );
  const deadline = noted ?? (Math.floor(now / 1_000) + seconds) * 1_000;
  if (noted === undefined) {
    const at = formatTime(deadline);
    draft.patch(
      RESOURCES.replicaSets,
      replicaSet,
      { metadata: { annotations: { [SCALE_DOWN_DEADLINE_ANNOTATION]: at } } },
      `${replicaSet.metadata.name} stays until ${at}: the experiment is over`,
    );
  }
  if (deadline > now) draft.wake(deadline);
  return deadline <= now;
}

/** Traffic is still sent to it: the rollout takes that away first, and says so. */
function isRouted(
  { snapshot, draft }: ExperimentContext,
  { metadata }: ReplicaSet,
): boolean {
  const hash = metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '';
  if (!snapshot.routedHashes.includes(hash)) return false;
  draft.because(`${metadata.name} stays: traffic is still routed to it`);
  return true;
}

/**
 * Takes a template's pods away after the delay, its Service just before them:
 * nothing that is scaled down is still selected. The ReplicaSet stays, empty,
 * as a record of what ran.
 */
export function lowerTemplate(
  context: ExperimentContext,
  { name }: ExperimentTemplate,
): Lowered {
  const { snapshot, experiment, draft } = context;
  const replicaSet = objectOfTemplate(snapshot.replicaSets, experiment, name);
  const service = objectOfTemplate(snapshot.services, experiment, name);
  const replicas = replicaSet?.spec.replicas ?? 0;
  if (
    replicaSet &&
    replicas > 0 &&
    (!isDue(context, replicaSet) || isRouted(context, replicaSet))
  ) {
    return { replicaSet, service, changed: false };
  }
  if (service) {
    draft.remove(
      'delete',
      RESOURCES.services,
      service,
      `deleted service ${service.metadata.name}: the experiment is over`,
    );
  }
  if (!replicaSet || replicas === 0) return { replicaSet, changed: false };
  const { metadata } = replicaSet;
  draft.patch(
    RESOURCES.replicaSets,
    replicaSet,
    { spec: { replicas: 0 } },
    `scaled ${metadata.name} from ${replicas} to 0: the experiment is over`,
  );
  draft.event(
    'ScalingReplicaSet',
    `Scaled down ReplicaSet ${metadata.name} from ${replicas} to 0`,
  );
  return { replicaSet, changed: true };
}

import {
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  SCALE_DOWN_DEADLINE_ANNOTATION,
  type ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseTime } from '../time';

/** A ReplicaSet as one of a rollout's revisions. Counts are pods. */
export interface Revision {
  replicaSet: ReplicaSet;
  /** False: it is still to be created. */
  exists: boolean;
  hash: string;
  number: number;
  /** Asked for. */
  replicas: number;
  /** Existing, ready or not. */
  actual: number;
  ready: number;
  /**
   * Ready for minReadySeconds. Never more than asked for: pods that are about
   * to go do not count, though an older status still shows them.
   */
  available: number;
  /** When it is to be scaled to zero, if that is decided. */
  deadline?: number;
  createdAt: number;
}

/** Reads a ReplicaSet of the cluster. */
export function toRevision(replicaSet: ReplicaSet): Revision {
  const { metadata, spec, status = {} } = replicaSet;
  const replicas = spec.replicas ?? 1;
  const annotations = metadata.annotations ?? {};
  const number = Number(annotations[REVISION_ANNOTATION]);
  return {
    replicaSet,
    exists: true,
    hash: metadata.labels?.[POD_TEMPLATE_HASH_LABEL] ?? '',
    number: Number.isInteger(number) ? number : 0,
    replicas,
    actual: status.replicas ?? 0,
    ready: Math.min(status.readyReplicas ?? 0, replicas),
    available: Math.min(status.availableReplicas ?? 0, replicas),
    deadline: parseTime(annotations[SCALE_DOWN_DEADLINE_ANNOTATION]),
    createdAt: parseTime(metadata.creationTimestamp) ?? 0,
  };
}

/** All pods it asks for are there and available. */
export function isAvailable(revision: Revision): boolean {
  return revision.available >= revision.replicas;
}

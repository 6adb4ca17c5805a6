import type { RolloutRef } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  ConflictError,
  KubeApiError,
  KubeConfigError,
  NotFoundError,
  ProtocolError,
  UnreachableError,
} from '@progressive-delivery/kube';
import { ActionRefusedError } from './ActionRefusedError';

export function unreachable(
  message: string,
  cause?: unknown,
): ActionRefusedError {
  return new ActionRefusedError(
    {
      code: 'cluster-unreachable',
      message,
      remedy: 'Try again when the cluster answers.',
    },
    { cause },
  );
}

/**
 * What went wrong on the way to the cluster, in words for the person.
 * `undefined` for what is no answer of a cluster: that is an error of ours.
 */
export function toRefusal(
  error: unknown,
  ref: RolloutRef,
): ActionRefusedError | undefined {
  if (error instanceof ActionRefusedError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ConflictError) {
    return new ActionRefusedError(
      {
        code: 'conflict',
        message: `The rollout keeps changing: ${message}`,
        remedy: 'Try again in a moment.',
      },
      { cause: error },
    );
  }
  if (error instanceof NotFoundError) {
    return new ActionRefusedError(
      {
        code: 'moved-on',
        message: `Rollout ${ref.namespace}/${ref.name} is gone from the cluster.`,
        remedy: 'Look for what has taken its place.',
      },
      { cause: error },
    );
  }
  if (error instanceof KubeApiError && error.status < 500) {
    return new ActionRefusedError(
      {
        code: 'cluster-refused',
        message: `The cluster refused the write: ${message}`,
      },
      { cause: error },
    );
  }
  const noAnswer =
    error instanceof KubeApiError ||
    error instanceof UnreachableError ||
    error instanceof ProtocolError ||
    error instanceof KubeConfigError;
  return noAnswer
    ? unreachable(`The cluster did not answer: ${message}`, error)
    : undefined;
}

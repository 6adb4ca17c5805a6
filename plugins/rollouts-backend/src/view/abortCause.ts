import type { ReleaseCause } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Argo Rollouts says only in words why it aborted; an abort by hand has none. */
export function abortCause(said: string | undefined): ReleaseCause {
  if (said === undefined) {
    return 'unknown';
  }
  if (/ProgressDeadlineExceeded|progress deadline|has timed out/i.test(said)) {
    return 'deadline';
  }
  return /assessed|analysis|metric|experiment/i.test(said)
    ? 'analysis'
    : 'unknown';
}

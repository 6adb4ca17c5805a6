import type { ReleaseCause } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Why an update was aborted, by the controller's words. */
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

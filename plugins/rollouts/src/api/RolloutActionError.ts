import type { ActionRefusal } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** An action that was refused or that failed, with what to do about it. @public */
export class RolloutActionError extends Error {
  readonly status: number;
  /** The server's reason in full; absent when the answer was not ours. */
  readonly refusal?: ActionRefusal;

  constructor(message: string, status: number, refusal?: ActionRefusal) {
    super(message);
    this.name = 'RolloutActionError';
    this.status = status;
    this.refusal = refusal;
  }
}

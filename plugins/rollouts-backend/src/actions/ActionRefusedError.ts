import type { ActionRefusal } from '@progressive-delivery/backstage-plugin-rollouts-common';

const STATUS: Record<ActionRefusal['code'], number> = {
  'moved-on': 409,
  conflict: 409,
  'not-applicable': 422,
  invalid: 422,
  'cluster-refused': 422,
  locked: 423,
  'not-permitted': 403,
  'not-mapped': 403,
  stale: 503,
  'cluster-unreachable': 503,
};

/** An action that was not carried out, with why and what to do instead. */
export class ActionRefusedError extends Error {
  constructor(
    readonly refusal: ActionRefusal,
    options?: ErrorOptions,
  ) {
    super(refusal.message, options);
    this.name = 'ActionRefusedError';
  }

  get status(): number {
    return STATUS[this.refusal.code];
  }
}

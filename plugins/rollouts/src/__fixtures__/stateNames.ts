/** Every state a page of one entity can be in. */
export const STATE_NAMES = [
  'healthy',
  'paused',
  'timed-pause',
  'analysing',
  'rolled-back',
  'degraded',
  'blue-green',
  'experiment',
  'replicas',
  'several',
  'many-steps',
  'no-rollouts',
  'not-annotated',
  'cluster-down',
  'read-only',
  'loading',
  'stale',
  'error',
  'forbidden',
] as const;

export type StateName = (typeof STATE_NAMES)[number];

/** Every state that the history of one entity is shown in. */
export const HISTORY_STATE_NAMES = [
  'history',
  'history-release',
  'history-rolled-back',
  'history-gap',
  'history-emergency',
  'history-filtered',
  'history-empty',
  'history-long',
] as const;

export type HistoryStateName = (typeof HISTORY_STATE_NAMES)[number];

/** Every state of approvals and locks that a rollout is shown in. */
export const APPROVAL_STATE_NAMES = [
  'approval-needed',
  'approval-asked',
  'approval-requester',
  'approval-bystander',
  'approval-partly',
  'approval-unlocked',
  'approval-rejected',
  'approval-voided',
  'approval-expired',
  'frozen',
  'emergency-used',
] as const;

export type ApprovalStateName = (typeof APPROVAL_STATE_NAMES)[number];

/** Every state of the dialog that confirms an action. */
export const DIALOG_STATE_NAMES = [
  'dialog-undo',
  'dialog-image',
  'dialog-image-malformed',
] as const;

export type DialogStateName = (typeof DIALOG_STATE_NAMES)[number];

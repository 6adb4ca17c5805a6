/** Whose objects they are: both controllers act on the same, one after the other. */
export const INSTANCE_ID = 'bench';
export const INSTANCE_LABEL = {
  'argo-rollouts.argoproj.io/controller-instance-id': INSTANCE_ID,
};
